/**
 * Operations, all of them, from their own declarations: each can be added to the chosen layer, and those that change the
 * canvas also, by the Image menu, to the picture as a whole.
 */

import { titleOf } from '../../core/operation/parameter';
import type { Operation } from '../../core/operation/operation';
import { operationById, operations } from '../../core/operations';
import { addOperation } from '../session/editing';
import type { Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';

export function operationCommands(session: Session): readonly MenuCommand[] {
  return [...operations.map((operation) => layerCommand(session, operation)), repeatCommand(session)];
}

export function imageCommands(session: Session): readonly MenuCommand[] {
  const geometry = operations.filter(({ kind }) => kind === 'geometry');
  return [...geometry.map((operation) => canvasCommand(session, operation)), ...depthCommands(session)];
}

function layerCommand(session: Session, operation: Operation): MenuCommand {
  return {
    id: `operation.${operation.id}`,
    title: titleOf(operation.id),
    menu: 'Operations',
    section: operation.category,
    ...(operation.keys && { keys: operation.keys }),
    keywords: [operation.category, ...(operation.keywords ?? [])],
    help: operation.summary,
    get enabled() {
      return session.editable && session.active?.choice.layer !== null;
    },
    run: (event) => {
      const layer = session.active?.choice.layer;
      if (layer) void addOperation(session, operation, layer.id, event);
    },
  };
}

function canvasCommand(session: Session, operation: Operation): MenuCommand {
  return {
    id: `image.${operation.id}`,
    title: `Whole picture: ${titleOf(operation.id)}`,
    menuTitle: titleOf(operation.id),
    menu: 'Image',
    section: 'geometry',
    keywords: ['canvas', 'image', ...(operation.keywords ?? [])],
    help: operation.summary,
    get enabled() {
      return session.editable;
    },
    run: (event) => void addOperation(session, operation, 'canvas', event),
  };
}

function depthCommands(session: Session): readonly MenuCommand[] {
  return ([8, 16] as const).map((depth) => ({
    id: `image.depth${depth}`,
    title: `${depth} bits per channel`,
    menu: 'Image',
    section: 'depth',
    keywords: ['depth', 'convert', 'levels'],
    get enabled() {
      return session.editable;
    },
    get checked() {
      return session.active?.document.depth === depth;
    },
    run: (event: Event) => {
      const document = session.active;
      if (document && document.document.depth !== depth)
        void document.commit({ type: 'document.depth', depth }, event);
    },
  }));
}

function repeatCommand(session: Session): MenuCommand {
  const last = (): Operation | undefined => operationById.get(session.lastAdded?.operation ?? '');
  return {
    id: 'operation.repeat',
    title: 'Repeat last operation',
    get menuTitle() {
      const operation = last();
      return operation ? `Repeat ${titleOf(operation.id)}` : 'Repeat last operation';
    },
    menu: 'Operations',
    section: '',
    keys: ['Mod+F'],
    help: 'Adds the operation that was added last, with the same values',
    get enabled() {
      return session.editable && last() !== undefined;
    },
    run: (event) => {
      const operation = last();
      const layer = session.active?.choice.layer;
      if (operation && layer && session.lastAdded) {
        void addOperation(session, operation, layer.id, event, session.lastAdded.params);
      }
    },
  };
}
