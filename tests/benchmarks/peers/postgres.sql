-- A stock service in one function call: the key, the stock, the event and the
-- answer, in one durable transaction.
create table stock (
  store text, sku text, on_hand bigint not null, version bigint not null,
  primary key (store, sku));
create table events (
  seq bigserial primary key, store text, sku text, delta bigint,
  version bigint, at timestamptz default now());
create table keys (
  key text primary key, answer jsonb, expires timestamptz);
insert into stock
  select 'store-1', 'sku-' || i, 1000000, 0 from generate_series(0, 999) i;

create function adjust(p_sku text, p_delta bigint, p_key text) returns bigint
language plpgsql as $$
declare
  known jsonb;
  made bigint;
begin
  select answer into known from keys where key = p_key;
  if found then
    return (known->>'version')::bigint;
  end if;
  update stock set on_hand = on_hand + p_delta, version = version + 1
    where store = 'store-1' and sku = p_sku and on_hand + p_delta >= 0
    returning version into made;
  if not found then
    raise exception 'insufficient stock';
  end if;
  insert into events (store, sku, delta, version)
    values ('store-1', p_sku, p_delta, made);
  insert into keys
    values (p_key, jsonb_build_object('version', made),
            now() + interval '5 min');
  return made;
end $$;
