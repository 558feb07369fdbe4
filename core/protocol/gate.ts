/**
 * The one gate through which every message from a page passes, in both shells. A page is not trusted: whatever comes is a
 * call that the contract names, with exactly the fields it names, each in its range — or a fault. That a payload is plain,
 * bounded JSON is checked before the schemas look at it, so neither they nor the handlers ever meet anything else.
 */

import * as v from 'valibot';
import { isPlainObject, jsonProblem, type JsonLimits } from '../document/json';
import { fail, succeed, type Result } from '../raster/fault';
import { Cancelled } from '../raster/signal';
import {
  callSchemas,
  type Answers,
  type CallName,
  type Handlers,
  type Payload,
  type Request,
} from './contract';

/** Bounds of a message: what the largest sensible command needs, many times over. */
export const LIMITS: JsonLimits = { depth: 16, values: 600_000, text: 8192 };

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(callSchemas, name);
}

/** The payload as the contract types it, or what is wrong with it. */
export function checkPayload<N extends CallName>(name: N, payload: unknown): Result<Payload<N>> {
  if (!isPlainObject(payload)) return fail('bad-message', `${name}: the payload is not an object`);
  const problem = jsonProblem(payload, LIMITS);
  if (problem !== null)
    return fail('bad-message', [name, problem.path, problem.message].filter(Boolean).join(': '));
  const checked = v.safeParse(callSchemas[name], payload, { abortEarly: true });
  if (checked.success) return succeed(checked.output);
  const issue = checked.issues[0];
  const path = v.getDotPath(issue);
  const where = path === null ? '' : ` ${path.slice(0, 200)}:`;
  return fail('bad-message', `${name}:${where} ${issue.message.slice(0, 200)}`);
}

/** A message of a wire that carries requests as JSON text; its payload is still unchecked. */
export function parseRequest(text: string): Result<Request> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return fail('bad-message', 'a message that is not JSON');
  }
  if (!isPlainObject(message)) return fail('bad-message', 'a message that is not an object');
  const { id, call, payload } = message;
  const complete = Object.keys(message).sort().join() === 'call,id,payload';
  if (
    !complete ||
    typeof id !== 'number' ||
    !Number.isSafeInteger(id) ||
    id < 1 ||
    typeof call !== 'string'
  ) {
    return fail('bad-message', 'a message that is not {id, call, payload}');
  }
  return succeed({ id, call, payload });
}

/** What any call may be answered with. */
export type Answer = Result<Answers[CallName]>;

/** Called with an error that is a bug, before it is turned into a fault for the page. */
export type Complain = (error: unknown, name: CallName) => void;

/**
 * Checks a call and hands it to its handler. Never rejects: a bug in a handler is told to `complain` and answered with
 * a fault, so that one broken call does not take the editor with it.
 */
export async function dispatch<Client>(
  handlers: Handlers<Client>,
  client: Client,
  name: unknown,
  payload: unknown,
  complain: Complain,
): Promise<Answer> {
  if (!isCallName(name)) {
    const shown = typeof name === 'string' ? `"${name.slice(0, 64)}"` : `a ${typeof name}`;
    return fail('bad-message', `unknown call ${shown}`);
  }
  return handle(handlers, client, name, payload, complain);
}

async function handle<Client, N extends CallName>(
  handlers: Handlers<Client>,
  client: Client,
  name: N,
  payload: unknown,
  complain: Complain,
): Promise<Result<Answers[N]>> {
  const checked = checkPayload(name, payload);
  if (!checked.ok) return checked;
  try {
    return await handlers[name](checked.value, client);
  } catch (error) {
    if (error instanceof Cancelled) return fail('refused', 'cancelled');
    complain(error, name);
    return fail(
      'crashed',
      'Burnish made a mistake and could not do this',
      'your picture is unchanged; try again',
    );
  }
}
