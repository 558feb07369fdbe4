/** A session over a fake host with one document open, and components of the page in it. */

import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { vi } from 'vitest';
import type { Inspection } from '../../renderer/session/inspection.svelte';
import type { OpenDocument } from '../../renderer/session/open-document.svelte';
import { Session } from '../../renderer/session/session.svelte';
import { opening } from '../core/document/sample';
import { FakeHost } from './fake-host';
import WithSession from './WithSession.svelte';

export interface OpenSession {
  readonly host: FakeHost;
  readonly session: Session;
  readonly document: OpenDocument;
}

export async function openSession(): Promise<OpenSession> {
  const host = new FakeHost(opening());
  const session = new Session(host);
  const document = await vi.waitUntil(() => session.active);
  return { host, session, document };
}

/** Puts a component on the page with the session around it; the test vouches for its props. */
export function show(
  session: Session,
  part: Component<never>,
  props: object = {},
  inspection?: Inspection,
): void {
  const given = { session, part: part as Component<object>, props, ...(inspection && { inspection }) };
  render(WithSession, { props: given });
}
