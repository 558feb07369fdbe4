/** Recipes out of open documents, and recipes that the user brings. Second pictures are told by their paths, as far as they are known. */

import { layerOf, type LayerId, type Step, type StepId } from '../../core/document/document';
import { recipeFromSteps, recipeToText } from '../../core/document/recipe';
import { recipeFromText } from '../../core/document/recipe-reading';
import type { Handed, ReplayAnswers } from '../../core/protocol/replay-calls';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { DocumentSession } from './document-session';
import { safeStem } from './exporter';
import type { FileHandle, Files } from './files';
import { handOut, type HandOutParts } from './hand-out';
import type { Sources } from './sources';

export interface RecipeParts extends HandOutParts {
  readonly sources: Sources;
  readonly files: Files;
}

export interface Chosen {
  readonly layer: LayerId;
  readonly steps: readonly StepId[];
}

export class RecipeDesk {
  readonly #parts: RecipeParts;

  constructor(parts: RecipeParts) {
    this.#parts = parts;
  }

  /** The chosen steps of a layer and of the canvas, in their order, as the text of a recipe. */
  text(session: DocumentSession, chosen: Chosen): Result<string> {
    const { document } = session;
    const layer = layerOf(document, chosen.layer);
    if (layer === undefined) return fail('not-found', 'this layer is gone', 'choose another');
    const wanted = new Set(chosen.steps);
    const steps: readonly Step[] = [...layer.stack, ...document.canvas].filter(({ id }) => wanted.has(id));
    if (steps.length < wanted.size) return fail('not-found', 'a chosen step is gone', 'choose again');
    const pathOf = (id: string): string =>
      this.#parts.sources.find(id)?.path ?? document.sources[id]?.name ?? id;
    return succeed(recipeToText(recipeFromSteps(steps, pathOf)));
  }

  async save(session: DocumentSession, chosen: Chosen, name: string): Promise<Result<Handed>> {
    const text = this.text(session, chosen);
    if (!text.ok) return text;
    const stem = safeStem(name.trim().replace(/\.json$/i, ''), 'recipe');
    return handOut(this.#parts, `${stem}.json`, 'recipe', text.value);
  }

  /** The fault begins with the file's name, then the place in it. */
  async read(file: FileHandle): Promise<Result<ReplayAnswers['recipe.read']>> {
    const content = await this.#parts.files.read(file);
    if (!content.ok) return content;
    const { name, bytes } = content.value;
    const recipe = recipeFromText(new TextDecoder().decode(bytes));
    if (!recipe.ok) return fail(recipe.fault.code, `${name}: ${recipe.fault.message}`, recipe.fault.remedy);
    return succeed({ name: name.replace(/\.json$/i, ''), operations: recipe.value.operations });
  }
}
