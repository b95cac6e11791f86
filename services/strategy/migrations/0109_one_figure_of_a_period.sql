-- title: one figure of a period
-- older versions cannot run: no
--
-- Of two observations that are verified at once, only one becomes the figure. A correction keeps the row of the first.

create table observation_period (
  indicator {text} not null, definition_version bigint not null, period_start {text} not null,
  period_end {text} not null, observation {text} not null,
  primary key (indicator, definition_version, period_start, period_end))
