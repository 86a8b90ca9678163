-- The modern master (PostgreSQL): the application's own tables, as they were before Tandem.

CREATE TABLE customer (
  id           bigint         PRIMARY KEY,
  last_name    text           NOT NULL,
  first_name   text,
  status       text           NOT NULL CHECK (status IN ('ACTIVE', 'BLOCKED', 'CLOSED')),
  born_on      date,
  credit_limit numeric(12, 2) NOT NULL,
  newsletter   boolean        NOT NULL,
  -- known to this master only, so it is in no mapping and keeps its value
  created_at   timestamptz    NOT NULL DEFAULT now()
);

CREATE TABLE customer_address (
  customer_id bigint REFERENCES customer (id) ON DELETE CASCADE,
  kind        text CHECK (kind IN ('HOME', 'WORK')),
  street      varchar(80),
  postal_code varchar(10),
  city        varchar(60),
  country     char(2),
  PRIMARY KEY (customer_id, kind)
);

CREATE TABLE customer_phone (
  customer_id bigint REFERENCES customer (id) ON DELETE CASCADE,
  position    smallint CHECK (position BETWEEN 1 AND 3),
  number      varchar(30) NOT NULL,
  PRIMARY KEY (customer_id, position)
);

CREATE TABLE sales_order (
  id          bigint       PRIMARY KEY,
  customer_id bigint       NOT NULL REFERENCES customer (id),
  ordered_at  timestamptz  NOT NULL,
  state       text         NOT NULL CHECK (state IN ('NEW', 'PAID', 'SHIPPED', 'CANCELLED')),
  currency    char(3)      NOT NULL,
  remark      varchar(200)
);

CREATE TABLE sales_order_line (
  order_id   bigint REFERENCES sales_order (id) ON DELETE CASCADE,
  line_no    integer,
  article    varchar(20)    NOT NULL,
  quantity   numeric(9, 3)  NOT NULL,
  unit_price numeric(12, 4) NOT NULL,
  PRIMARY KEY (order_id, line_no)
);
