-- title: one figure of a period
-- older versions cannot run: no
--
-- Two that are verified at once are never both the figure. What corrects one keeps the turn of the first.

create table observation_period (
  indicator {text} not null, definition_version bigint not null, period_start {text} not null,
  period_end {text} not null, observation {text} not null,
  primary key (indicator, definition_version, period_start, period_end))
