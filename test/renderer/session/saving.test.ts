// Saving from the page, and what closing asks. Downloads are links that are pressed; here they are only looked at.
import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../../core/raster/fault';
import { allCommands } from '../../../renderer/commands/all-commands';
import CloseDialog from '../../../renderer/dialogs/CloseDialog.svelte';
import { saveDocument } from '../../../renderer/session/saving';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
let downloads: string[];

beforeEach(async () => {
  open = await openSession();
  downloads = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    downloads.push(`${this.download} from ${this.href}`);
  });
  // jsdom knows no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

afterEach(() => vi.restoreAllMocks());

const change = () => open.document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
const texts = () => open.session.messages.shown.map(({ kind, text }) => `${kind}: ${text}`);

describe('saving', () => {
  it('downloads the file, says so, and the document has its name', async () => {
    await change();
    expect(await saveDocument(open.session, open.document, { as: false })).toBe(true);
    expect(downloads).toEqual(['a.burnish from http://127.0.0.1/downloads/x']);
    expect(texts()).toEqual(['notice: Saved a.burnish, 2.00 kB.']);
    expect([open.document.name, open.document.state.dirty, open.document.saving]).toEqual([
      'a.burnish',
      false,
      0,
    ]);
  });

  it('downloads nothing where a native dialog chose the place, and says nothing where it was cancelled', async () => {
    open.host.answers['document.save'] = () => succeed({ name: 'b.burnish', download: null, bytes: 10 });
    expect(await saveDocument(open.session, open.document, { as: true })).toBe(true);
    open.host.answers['document.save'] = () => succeed({ name: null, download: null, bytes: 0 });
    expect(await saveDocument(open.session, open.document, { as: true })).toBe(false);
    open.host.answers['document.save'] = () => fail('refused', 'cancelled');
    expect(await saveDocument(open.session, open.document, { as: true })).toBe(false);
    expect(downloads).toEqual([]);
    expect(texts()).toEqual(['notice: Saved b.burnish, 10 bytes.']);
  });

  it('that fails is an alert with what to do', async () => {
    open.host.answers['document.save'] = () =>
      fail('no-space', 'a.burnish: the disk is full', 'free some space or choose another folder');
    expect(await saveDocument(open.session, open.document, { as: false })).toBe(false);
    expect(open.session.messages.shown).toMatchObject([
      {
        kind: 'alert',
        text: 'a.burnish: the disk is full.',
        remedy: 'Free some space or choose another folder.',
      },
    ]);
  });

  it.each([
    ['file.save', { document: 'd', as: false }],
    ['file.saveAs', { document: 'd', as: true }],
    ['file.saveSmall', { document: 'd', as: true, small: true }],
  ])('is asked for by %s', (id, payload) => {
    const command = allCommands(open.session).find((each) => each.id === id);
    command?.run(new Event('key'));
    expect(open.host.payloads('document.save')).toEqual([payload]);
  });
});

describe('closing what is not saved', () => {
  /** Closes it, answers by this button, and gives whether it is closed. */
  async function answered(button: string): Promise<boolean> {
    await change();
    const closed = open.session.askToClose(open.document);
    expect(open.session.closing.document).toBe(open.document);
    expect(open.host.payloads('document.close')).toEqual([]);
    show(open.session, CloseDialog, { document: open.document });
    expect(screen.getByRole('dialog', { name: 'Save changes to a.png?' })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: button }));
    expect(open.session.closing.document).toBeNull();
    return closed;
  }

  it('saves and closes by Save, which has the focus', async () => {
    expect(await answered('Save')).toBe(true);
    expect([downloads.length, open.session.documents.length]).toEqual([1, 0]);
  });

  it('closes without saving by Don’t save', async () => {
    expect(await answered('Don’t save')).toBe(true);
    expect([downloads.length, open.session.documents.length]).toEqual([0, 0]);
  });

  it('does nothing by Cancel', async () => {
    expect(await answered('Cancel')).toBe(false);
    expect([downloads.length, open.session.documents.length]).toEqual([0, 1]);
  });

  it('stays open where the save does not go through', async () => {
    open.host.answers['document.save'] = () => fail('no-space', 'the disk is full', 'free some space');
    expect(await answered('Save')).toBe(false);
    expect(open.session.documents).toHaveLength(1);
    expect(texts()).toEqual(['alert: The disk is full.']);
  });

  it('begins with Save, and Escape is Cancel', async () => {
    await change();
    const closed = open.session.askToClose(open.document);
    show(open.session, CloseDialog, { document: open.document });
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save' }));
    await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(await closed).toBe(false);
  });
});

describe('leaving the window', () => {
  it('asks about what is unsaved, one after the other, and stops where the user thinks better of it', async () => {
    expect(open.session.hasUnsaved).toBe(false);
    expect(await open.session.leave()).toBe(true);
    await change();
    expect(open.session.hasUnsaved).toBe(true);
    const leaving = open.session.leave();
    expect(open.session.closing.document).toBe(open.document);
    // The window is closed once more while the question stands.
    expect(await open.session.leave()).toBe(false);
    open.session.closing.answer('cancel');
    expect(await leaving).toBe(false);
    const again = open.session.leave();
    open.session.closing.answer('discard');
    expect([await again, open.session.hasUnsaved]).toEqual([true, false]);
  });

  it('loses nothing where the window only looks on, or the program is gone', async () => {
    await change();
    open.host.send({ event: 'writable', data: { writable: false, reason: 'another window' } });
    expect(open.session.hasUnsaved).toBe(false);
    open.host.send({ event: 'writable', data: { writable: true, reason: '' } });
    open.host.become({ kind: 'ended', reason: 'Burnish was stopped' });
    expect(open.session.hasUnsaved).toBe(false);
  });
});
