/**
 * Who may talk to the loopback server: whoever holds the cookie. The cookie is given once, in exchange for the token that
 * stands in the fragment of the printed address; a fragment is never sent over the network, so the token reaches no log,
 * no referrer and no other program. Both are 256 random bits and compared in constant time. The cookie is named
 * with the port, because cookies do not tell ports apart and several editors may run at once.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

/** Compares digests, so that neither content nor length shows in the time it takes. */
function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The values of a cookie in a `Cookie` header; several where the browser sends several. */
export function cookieValues(header: string | undefined, name: string): readonly string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

export class Admission {
  /** For the fragment of the address; base64url. */
  readonly token = randomBytes(BYTES).toString('base64url');
  readonly #cookie = randomBytes(BYTES).toString('base64url');
  readonly #name: string;
  #used = false;

  constructor(port: number) {
    this.#name = `burnish-${port}`;
  }

  /** The `Set-Cookie` header for this token; null where it is wrong or was used before. */
  exchange(candidate: string): string | null {
    if (!equalSecrets(candidate, this.token) || this.#used) return null;
    this.#used = true;
    return `${this.#name}=${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a request with this `Cookie` header may pass. */
  admits(header: string | undefined): boolean {
    const values = cookieValues(header, this.#name);
    return values.length === 1 && equalSecrets(values[0], this.#cookie);
  }
}
