-- title: what products are made from
-- older versions cannot run: no

create table product_input (
  report {text} not null, product {text} not null, primary key (report, product))
