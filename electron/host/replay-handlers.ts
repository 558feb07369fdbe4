/** What each call about recipes, batches and scripts does. */

import type { Handlers } from '../../core/protocol/contract';
import type { ReplayAnswers } from '../../core/protocol/replay-calls';
import type { DocumentId } from '../../core/document/document';
import { findInputs } from '../../core/node/cli/inputs';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { BatchDesk } from './batch-desk';
import type { NativeDialogs } from './dialogs';
import type { DocumentSession } from './document-session';
import type { Documents } from './documents';
import type { Files } from './files';
import type { Page } from './page';
import type { RecipeDesk } from './recipe-desk';
import type { ScriptDesk } from './script-desk';

export interface ReplayParts {
  readonly documents: Documents;
  readonly files: Files;
  readonly dialogs: NativeDialogs | null;
  readonly recipes: RecipeDesk;
  readonly batches: BatchDesk;
  readonly scripts: ScriptDesk;
}

type ReplayHandlers = Pick<Handlers<Page>, keyof ReplayAnswers>;

const noDialog = fail('refused', 'there is no native dialog here');

export function replayHandlersOf(parts: ReplayParts): ReplayHandlers {
  const { documents, files, dialogs, recipes, batches, scripts } = parts;

  const withSession = async <T>(
    id: DocumentId,
    act: (session: DocumentSession) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const session = documents.find(id);
    return session.ok ? act(session.value) : session;
  };

  return {
    'recipe.text': ({ document, keep, ...chosen }) =>
      withSession(document, async (session) => {
        const text = await recipes.text(session, chosen, keep);
        return text.ok ? succeed({ text: text.value }) : text;
      }),
    'recipe.save': ({ document, keep, name, ...chosen }) =>
      withSession(document, (session) => recipes.save(session, chosen, keep, name)),
    'recipe.measured': ({ document, ...chosen }) =>
      withSession(document, async (session) => {
        const measured = await recipes.measured(session, chosen);
        return measured.ok ? succeed({ measured: measured.value }) : measured;
      }),
    'recipe.choose': async () => {
      if (dialogs === null) return noDialog;
      const path = await dialogs.chooseRecipe();
      return succeed({ file: path === null ? null : files.describe(files.register(path)) });
    },
    'recipe.read': ({ file }) => recipes.read(file),
    'batch.chooseInputs': async () => {
      if (dialogs === null) return noDialog;
      const path = await dialogs.chooseFolder('pictures');
      if (path === null) return succeed({ files: [] });
      const { inputs, missing } = await findInputs([path]);
      if (missing.length > 0) {
        const [{ fault }] = missing;
        return fail(fault.code, `${path} ${fault.message}`, 'choose another folder');
      }
      const found = inputs.flatMap((input) => (input.path === null ? [] : [input.path]));
      return succeed({ files: found.map((each) => files.describe(files.register(each))) });
    },
    'batch.chooseTarget': async () => {
      if (dialogs === null) return noDialog;
      const path = await dialogs.chooseFolder('results');
      if (path === null) return succeed({ folder: null });
      return succeed({ folder: { handle: files.registerFolder(path), name: path } });
    },
    'batch.begin': (given, page) => batches.begin(given, page),
    'batch.file': (given, page) => batches.file(given, page),
    'batch.end': (given, page) => batches.end(given, page),
    'script.make': ({ document }) => withSession(document, (session) => scripts.make(session)),
    'script.save': ({ document }) => withSession(document, (session) => scripts.save(session)),
    'script.verify': ({ document }) => withSession(document, (session) => scripts.verify(session)),
    'script.cancel': async ({ document }) => {
      scripts.cancel(document);
      return succeed({});
    },
  };
}
