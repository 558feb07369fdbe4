/** What each call of the contract does: which part of the host answers it. A missing one does not compile. */

import type { CallName, Handlers, Hello, OpeningFrame } from '../../core/protocol/contract';
import type { DocumentId } from '../../core/document/document';
import { kindOf } from '../../core/node/project/project-file';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { DocumentSession } from './document-session';
import type { ExportDesk } from './export-desk';
import type { FileContent, FileHandle } from './files';
import type { LearningDesk } from './learning-desk';
import type { Page } from './page';
import type { Recents } from './recents';
import type { ReadingDesk } from './reading-desk';
import { replayHandlersOf, type ReplayParts } from './replay-handlers';
import type { SaveDesk } from './save-desk';
import type { Sources } from './sources';
import { WorkNotice } from './work-notice';

export interface CallParts extends ReplayParts {
  readonly sources: Sources;
  readonly recents: Recents;
  readonly saves: SaveDesk;
  readonly desk: ExportDesk;
  readonly reading: ReadingDesk;
  readonly learning: LearningDesk;
  readonly hello: (page: Page) => Hello;
}

/** Calls that change something; only the page that edits may make them. */
export const changingCalls: ReadonlySet<string> = new Set<CallName>([
  'files.choose',
  'recents.open',
  'document.open',
  'sample.open',
  'document.close',
  'document.save',
  'document.cancelSave',
  'source.open',
  'edit.commit',
  'edit.preview',
  'edit.abandon',
  'history.undo',
  'history.redo',
  'history.goTo',
  'export.save',
  'export.cancel',
  'recipe.choose',
  'recipe.save',
  'batch.chooseInputs',
  'batch.chooseTarget',
  'batch.begin',
  'batch.file',
  'batch.end',
  'script.save',
  'script.verify',
  'script.cancel',
]);

type Nothing = Record<string, never>;
const nothing: Nothing = {};
const done = succeed(nothing);

export function handlersOf(parts: CallParts): Handlers<Page> {
  const { documents, sources, files, recents, saves, desk, reading, learning, dialogs } = parts;

  const withSession = async <T>(
    id: DocumentId,
    act: (session: DocumentSession) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const session = documents.find(id);
    return session.ok ? act(session.value) : session;
  };

  const openDocument = (file: FileHandle, page: Page) =>
    files.using(file, (content) => openContent(content, page));

  const openContent = async (content: FileContent, page: Page) => {
    const notice = new WorkNotice(null, `Opening ${content.name}`, page);
    notice.begin();
    const seeFirst = (frame: OpeningFrame): void => page.send({ event: 'opening.frame', data: frame });
    const opened = await documents.open(content, seeFirst).finally(() => notice.end());
    if (!opened.ok) return opened;
    return succeed({ document: opened.value.session.id, notices: opened.value.notices });
  };

  return {
    'app.hello': (_, page) => Promise.resolve(succeed(parts.hello(page))),
    'files.choose': async ({ several }) => {
      if (dialogs === null) return fail('refused', 'there is no native dialog here');
      const paths = await dialogs.chooseFiles(several);
      return succeed({ files: paths.map((path) => files.describe(files.register(path))) });
    },
    'recents.open': async ({ recent }, page) => {
      const found = recents.find(recent);
      if (found === null)
        return fail('not-found', 'this file is no longer where it was', 'open it from its new place');
      const { path, name, isCopy } = found;
      return openDocument(isCopy ? files.registerCopy(path, name) : files.register(path), page);
    },
    'document.open': ({ file }, page) => openDocument(file, page),
    'sample.open': async ({ sample }, page) => {
      const content = await learning.samples.open(sample);
      return content.ok ? openContent(content.value, page) : content;
    },
    'learning.list': async () => succeed(await learning.list()),
    'lesson.check': ({ document, lesson }) =>
      withSession(document, (session) => learning.check(session, lesson)),
    'document.close': async ({ document }) => {
      desk.cancel(document);
      parts.scripts.cancel(document);
      saves.cancel(document);
      documents.close(document);
      return done;
    },
    'document.save': ({ document, ...wish }, page) =>
      withSession(document, (session) => saves.save(session, wish, page)),
    'document.cancelSave': async ({ document }) => {
      saves.cancel(document);
      return done;
    },
    'source.open': ({ document, file }, page) =>
      withSession(document, () =>
        files.using(file, async (content) => {
          const { name, bytes } = content;
          if ((await kindOf(bytes)) === 'project')
            return fail('unsupported', `${name} is a project, not a picture`, 'open it in a tab of its own');
          const notice = new WorkNotice(document, `Opening ${name}`, page);
          notice.begin();
          const opened = await sources.open(content, document).finally(() => notice.end());
          return opened.ok ? succeed({ source: opened.value.source, notices: opened.value.notices }) : opened;
        }),
      ),
    'edit.commit': ({ document, generation, command }, page) =>
      withSession(document, (session) => session.commit(page, generation, command)),
    'edit.preview': ({ document, generation, command, drawn }, page) =>
      withSession(document, (session) => session.preview(page, generation, command, drawn)),
    'edit.hold': ({ document, step }, page) =>
      withSession(document, (session) => {
        session.hold(page, step);
        return done;
      }),
    'edit.abandon': ({ document, generation }, page) =>
      withSession(document, (session) => session.abandon(page, generation)),
    'history.undo': ({ document, generation }, page) =>
      withSession(document, (session) => session.undo(page, generation)),
    'history.redo': ({ document, generation }, page) =>
      withSession(document, (session) => session.redo(page, generation)),
    'history.goTo': ({ document, generation, entry }, page) =>
      withSession(document, (session) => session.goTo(page, generation, entry)),
    'view.set': (view, page) =>
      withSession(view.document, (session) => {
        session.setView(page, view);
        return done;
      }),
    'work.cancel': ({ document }, page) =>
      withSession(document, (session) => {
        session.cancelWork(page);
        return done;
      }),
    'pixel.read': ({ document, ...pixel }) =>
      withSession(document, (session) => reading.read(session, pixel)),
    'pixels.read': ({ document, ...part }) =>
      withSession(document, (session) => reading.readBlock(session, part)),
    'pixel.explain': ({ document, ...pixel }) =>
      withSession(document, (session) => reading.explain(session, pixel)),
    'pixel.await': ({ document, ...pixel }, page) =>
      withSession(document, (session) => reading.awaited(page, session, pixel)),
    'histogram.read': ({ document, ...wanted }, page) =>
      withSession(document, (session) => reading.histogram(page, session, wanted)),
    'profile.read': ({ document, ...wanted }) =>
      withSession(document, (session) => reading.profile(session, wanted)),
    'step.transfer': ({ document, ...step }) =>
      withSession(document, (session) => reading.transfer(session, step)),
    'spectrum.read': ({ document, ...wanted }, page) =>
      withSession(document, (session) => reading.spectrum(page, session, wanted)),
    'spectrum.cancel': async (_, page) => {
      reading.cancelSpectrum(page);
      return done;
    },
    'step.histogram': ({ document, ...step }) =>
      withSession(document, (session) => reading.stepHistogram(session, step)),
    'step.planes': ({ document, ...step }) =>
      withSession(document, (session) => reading.planes(session, step)),
    'step.input': ({ document, ...wanted }) =>
      withSession(document, (session) => reading.input(session, wanted)),
    'step.trial': ({ document, ...wanted }) =>
      withSession(document, (session) => reading.trial(session, wanted)),
    'export.estimate': ({ document, options }) =>
      withSession(document, (session) => desk.estimate(session, options)),
    'export.save': ({ document, options }, page) =>
      withSession(document, (session) => desk.save(session, options, page)),
    'export.cancel': async ({ document }) => {
      desk.cancel(document);
      return done;
    },
    ...replayHandlersOf(parts),
  };
}
