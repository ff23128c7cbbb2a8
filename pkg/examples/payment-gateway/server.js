// Starts the gateway: `npm start`, then
//   curl -d '{"address":"3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG","amount":"0.1","chain":"BTC"}' localhost:8080/payouts

import { createServer } from 'node:http';
import { load } from 'taintwatch';
import { gateway } from './gateway.js';

const taintwatch = await load();
const server = createServer(gateway(taintwatch, async ({ address, amount }) => {
  // Here a payout would be signed and sent.
  console.log(`sending ${amount} to ${address}`);
  return crypto.randomUUID();
}));
server.listen(Number(process.env.PORT ?? 8080), () => console.log(`listening on ${server.address().port}`));
