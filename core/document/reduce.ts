/**
 * A command makes one document from another: a pure function, and the only way in which documents change. Every id and time
 * is in the command, so replaying a log is exact. What a user or a page can get wrong is a fault; a command that changes
 * nothing gives back the very same document.
 */

import type { Result } from '../raster/fault';
import type { Command } from './command';
import { describeDocument, reduceDocument } from './commands/document';
import { describeLayer, reduceLayer } from './commands/layer';
import { describeStack, reduceStack } from './commands/stack';
import type { Document } from './document';
import { checkStacks } from './stack-check';
import type { Told } from './telling';

/** The document after the command, sharing everything that stayed with the one before. */
export function reduce(document: Document, command: Command): Result<Document> {
  const after = carryOut(document, command);
  return after.ok ? checkStacks(document, after.value) : after;
}

/** `reduce` for a command that it has accepted before, on the same document: what it makes can be drawn, so nobody looks again. */
export function carryOut(document: Document, command: Command): Result<Document> {
  switch (command.type) {
    case 'layer.add':
    case 'layer.duplicate':
    case 'layer.remove':
    case 'layer.move':
    case 'layer.rename':
    case 'layer.show':
    case 'layer.opacity':
    case 'layer.mode':
      return reduceLayer(document, command);
    case 'step.add':
    case 'step.remove':
    case 'step.move':
    case 'step.set':
    case 'step.enable':
    case 'step.limit':
    case 'step.keep':
    case 'recipe.apply':
      return reduceStack(document, command);
    case 'document.depth':
      return reduceDocument(document, command);
  }
}

/** What the command did, in words: `before` and `after` are the documents on either side of it. */
export function describe(command: Command, before: Document, after: Document): Told {
  switch (command.type) {
    case 'layer.add':
    case 'layer.duplicate':
    case 'layer.remove':
    case 'layer.move':
    case 'layer.rename':
    case 'layer.show':
    case 'layer.opacity':
    case 'layer.mode':
      return describeLayer(command, before, after);
    case 'step.add':
    case 'step.remove':
    case 'step.move':
    case 'step.set':
    case 'step.enable':
    case 'step.limit':
    case 'step.keep':
    case 'recipe.apply':
      return describeStack(command, before, after);
    case 'document.depth':
      return describeDocument(command, before, after);
  }
}
