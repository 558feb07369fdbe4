/**
 * What a request must look like before anything else is done with it. Any page in any browser on this machine can send
 * requests to a loopback port, and a name that an attacker owns can be made to point at 127.0.0.1 (rebinding); so the
 * `Host` must be ours to the letter, and whatever changes anything must come from our own page, as the browser says in
 * `Origin`. There are no CORS headers: nobody else may read an answer.
 */

/** The parts of a request that the rules look at; header names in lower case. */
export interface RequestFacts {
  readonly method: string;
  readonly target: string;
  /** Every value of a header, in order; a repeated `Host` or `Origin` is itself suspicious. */
  readonly header: (name: string) => readonly string[];
  readonly upgrade: boolean;
}

export interface Refusal {
  readonly status: 400 | 403 | 405 | 414 | 421;
  readonly reason: string;
}

const LONGEST_TARGET = 2048;
const methods = new Set(['GET', 'HEAD', 'POST']);

/** Null where the request may go on; `host` is like `127.0.0.1:4321`. */
export function refusalOf(request: RequestFacts, host: string): Refusal | null {
  const hosts = request.header('host');
  if (hosts.length !== 1 || hosts[0] !== host)
    return { status: 421, reason: 'This is not the host you asked for.' };
  if (!methods.has(request.method)) return { status: 405, reason: 'This method is not allowed.' };
  if (request.target.length > LONGEST_TARGET) return { status: 414, reason: 'This address is too long.' };
  if (!request.target.startsWith('/') || request.target.startsWith('//')) {
    return { status: 400, reason: 'This is not a path.' };
  }

  const origins = request.header('origin');
  const own = `http://${host}`;
  if (origins.some((origin) => origin !== own) || origins.length > 1) {
    return { status: 403, reason: 'This came from another page.' };
  }
  const changes = request.upgrade || request.method === 'POST';
  if (changes && origins.length === 0)
    return { status: 403, reason: 'This does not say which page it came from.' };

  // Sent by browsers alone; "none" is an address that the user typed or opened from another program.
  const sites = request.header('sec-fetch-site');
  if (sites.some((site) => site !== 'same-origin' && site !== 'none')) {
    return {
      status: 403,
      reason: 'Burnish answers its own page only; copy the address into the address bar.',
    };
  }
  if (request.upgrade && request.method !== 'GET')
    return { status: 405, reason: 'This method is not allowed.' };
  return null;
}
