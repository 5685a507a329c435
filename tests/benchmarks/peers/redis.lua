-- The same work as one script: KEYS are the SKU and the idempotency key.
local known = redis.call('GET', KEYS[2])
if known then return known end
local on_hand = tonumber(redis.call('HGET', KEYS[1], 'on_hand') or '1000000')
if on_hand + 1 < 0 then return redis.error_reply('insufficient stock') end
local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'on_hand', on_hand + 1)
redis.call('XADD', 'events', '*', 'sku', KEYS[1], 'delta', '1',
  'version', version)
redis.call('SET', KEYS[2], version, 'EX', 300)
return version
