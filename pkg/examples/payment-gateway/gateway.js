// Screens payout requests before they are sent: what is listed is refused with the evidence, what is doubtful or could
// not be told waits for a person, and only the rest goes out.

/**
 * @param {import('taintwatch').Taintwatch} taintwatch
 * @param {(payout: { address: string, amount: string, chain: string }) => Promise<string>} send gives the transaction's id
 */
export function gateway(taintwatch, send) {
  /** What waits for a person. */
  const held = [];

  return async (request, response) => {
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method === 'GET' && request.url === '/held') return answer(200, held);
    if (request.method !== 'POST' || request.url !== '/payouts') return answer(404, { error: 'there is no such thing' });
    const payout = await bodyOf(request);
    if (!payout) return answer(400, { error: 'a payout is a JSON object with address, amount and chain' });
    let outcome;
    try {
      outcome = taintwatch.screen(payout.address, payout.chain);
    } catch (error) {
      if (error.code !== 'unknown_chain') throw error;
      return answer(400, { error: error.message });
    }
    const { level, matches, problem, asked } = outcome;
    const evidence = { level, matches, problem, asked };
    if (level === 'danger') return answer(403, { error: 'the address is linked to an attacker', ...evidence });
    if (level === 'none') return answer(202, { transaction: await send(payout), asked });
    held.push({ payout, ...evidence });
    return answer(409, { error: 'a person has to look at this', ...evidence });
  };
}

/** More than any payout request is long. */
const LONGEST = 10_000;

async function bodyOf(request) {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > LONGEST) return null;
  }
  try {
    const { address, amount, chain } = JSON.parse(text);
    const isGood = [address, amount, chain].every((value) => typeof value === 'string' && value !== '');
    return isGood ? { address, amount, chain } : null;
  } catch {
    return null;
  }
}
