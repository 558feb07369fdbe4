// The panel over a fake host: what it shows, marks and copies are the levels that were read.
import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { profileChannels, type LineProfile } from '../../../core/derive/line-profile';
import { succeed } from '../../../core/raster/fault';
import ProfilePanel from '../../../renderer/panels/ProfilePanel.svelte';
import { profileCsv, stairs } from '../../../renderer/panels/profile/curves';
import { openSession, show, type OpenSession } from '../../support/open-session';

const LINE = { from: { x: 5, y: 7 }, to: { x: 8, y: 6 } };
/** Four pixels: (5, 7), (6, 7), (7, 6), (8, 6). */
const profile: LineProfile = {
  channels: 3,
  depth: 8,
  levels: [10, 20, 30, 40, 50, 60, 70, 80, 90, 255, 0, 128],
};

let open: OpenSession;
const panel = () => within(screen.getByRole('region', { name: 'Profile' }));
const plot = () => panel().findByRole('slider', { name: 'Line profile of red, green, blue' });

beforeEach(async () => {
  open = await openSession();
  open.host.answers['profile.read'] = () => succeed({ profile });
  open.session.preferences.setPanel('Profile', { open: true });
  show(open.session, ProfilePanel, { document: open.document });
});

describe('the profile panel', () => {
  it('says how to begin, and draws a line across where that is wanted', async () => {
    await fireEvent.click(panel().getByRole('button', { name: 'Line across the middle' }));
    expect(open.document.line.line).toEqual({ from: { x: 0, y: 240 }, to: { x: 639, y: 240 } });
    await plot();
    const asked = open.host.payloads('profile.read');
    expect(asked.map(({ which }) => which).sort()).toEqual(['after', 'before']);
    expect(asked[0]).toMatchObject({ from: { x: 0, y: 240 }, to: { x: 639, y: 240 } });
  });

  it('tells the levels of the pixel that the keys mark, which is marked on the canvas too', async () => {
    open.document.line.set(LINE);
    const slider = await plot();
    expect(slider.getAttribute('aria-valuetext')).toBe('4 pixels');
    await fireEvent.keyDown(slider, { key: 'End' });
    await fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    expect(open.document.line.marked).toBe(2);
    expect(slider.getAttribute('aria-valuetext')).toBe('(7, 6): R 70, G 80, B 90');
    expect(panel().getByText('(7, 6): R 70, G 80, B 90')).toBeTruthy();
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Red' }));
    expect(slider.getAttribute('aria-valuetext')).toBe('(7, 6): G 80, B 90');
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Red' }));
    await fireEvent.keyDown(slider, { key: 'Escape' });
    expect(open.document.line.marked).toBeNull();
  });

  it('draws a stair a pixel, before and after', async () => {
    open.document.line.set(LINE);
    const slider = await plot();
    await vi.waitFor(() => expect(slider.querySelectorAll('.before')).toHaveLength(3));
    const [red] = slider.querySelectorAll('.after');
    expect(red.getAttribute('d')).toBe(stairs([10, 40, 70, 255], 8));
    expect(stairs([0, 255, 51], 8)).toBe('M0 100.00H1V0.00H2V80.00H3');
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Before' }));
    await vi.waitFor(() => expect(slider.querySelectorAll('.before')).toHaveLength(0));
    // Switches stay as they are left.
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Before' }));
  });

  it('takes the ends as numbers', async () => {
    open.document.line.set(LINE);
    await plot();
    const field = panel().getByRole('spinbutton', { name: 'To x' });
    await fireEvent.input(field, { target: { value: '300' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(open.document.line.line).toEqual({ from: { x: 5, y: 7 }, to: { x: 300, y: 6 } });
    await fireEvent.keyDown(field, { key: 'ArrowUp' });
    expect(open.document.line.line?.to.x).toBe(301);
    await fireEvent.keyDown(field, { key: 'Escape' });
    expect(open.document.line.line?.to.x).toBe(300);
    await vi.waitFor(() => expect(open.host.payloads('profile.read').at(-1)?.to.x).toBe(300));
  });

  it('copies every pixel with its place and levels', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    open.document.line.set(LINE);
    await plot();
    await vi.waitFor(() => expect(panel().getByRole('slider').querySelectorAll('.before')).toHaveLength(3));
    await fireEvent.click(panel().getByRole('button', { name: 'Copy as CSV' }));
    await panel().findByText('Copied.');
    vi.unstubAllGlobals();
    const channels = profileChannels(profile);
    expect(writeText).toHaveBeenCalledWith(profileCsv(LINE, channels, channels));
    // Lumas: 18.15, 48.15, 78.15, 90.837.
    expect(profileCsv(LINE, channels, [])).toBe(
      'pixel,x,y,R,G,B,Luma\n0,5,7,10,20,30,18\n1,6,7,40,50,60,48\n2,7,6,70,80,90,78\n3,8,6,255,0,128,91\n',
    );
  });

  it('asks nothing, and marks nothing, while it is closed', async () => {
    open.document.line.set(LINE);
    await fireEvent.keyDown(await plot(), { key: 'Home' });
    open.session.preferences.setPanel('Profile', { open: false });
    await vi.waitFor(() => expect(open.document.line.marked).toBeNull());
    const asked = open.host.payloads('profile.read').length;
    open.document.line.set({ ...LINE, to: { x: 1, y: 1 } });
    await new Promise((done) => setTimeout(done));
    expect(open.host.payloads('profile.read')).toHaveLength(asked);
  });
});
