/**
 * Commands that bring a picture along say what it is: size, depth, name. The host opened it and knows better, so what a page says
 * is replaced by what is so, and a picture that was never opened is refused.
 */

import type { Command } from '../../core/document/command';
import type { Source, SourceId } from '../../core/document/document';
import { fail, succeed, type Result } from '../../core/raster/fault';

type Lookup = (id: SourceId) => Source | undefined;

function known(sources: readonly Source[], lookup: Lookup): Result<readonly Source[]> {
  const found: Source[] = [];
  for (const { id, name } of sources) {
    const source = lookup(id);
    if (source === undefined) return fail('not-found', `the picture ${name} is not open`, 'open it first');
    // The same bytes may have been opened under several names.
    found.push({ ...source, name });
  }
  return succeed(found);
}

/** The command with the host's own knowledge of the pictures in it. */
export function withKnownSources(command: Command, lookup: Lookup): Result<Command> {
  switch (command.type) {
    case 'layer.add': {
      const found = known([command.source], lookup);
      return found.ok ? succeed({ ...command, source: found.value[0] }) : found;
    }
    case 'step.add':
    case 'step.set': {
      if (command.source === undefined) return succeed(command);
      const found = known([command.source], lookup);
      return found.ok ? succeed({ ...command, source: found.value[0] }) : found;
    }
    case 'recipe.apply': {
      const found = known(command.sources, lookup);
      return found.ok ? succeed({ ...command, sources: found.value }) : found;
    }
    default:
      return succeed(command);
  }
}
