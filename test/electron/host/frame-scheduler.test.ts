// When which frame is made: with an engine whose every render is in the test's hand, and a clock that is too.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame, Held, View } from '../../../core/protocol/contract';
import type { Document } from '../../../core/document/document';
import type {
  Beneath,
  BeneathRequest,
  Rendered,
  RenderRequest,
} from '../../../core/node/engine/render-request';
import { levelSize } from '../../../core/raster/pyramid';
import { fail, succeed, type Result } from '../../../core/raster/fault';
import { createRaster } from '../../../core/raster/raster';
import { Cancelled } from '../../../core/raster/signal';
import { FrameScheduler } from '../../../electron/host/frame-scheduler';
import { FrameShelf } from '../../../electron/host/frame-shelf';
import { WorkNotice } from '../../../electron/host/work-notice';
import { sampleDocument } from '../../core/document/sample';

interface Asked {
  readonly request: RenderRequest;
  readonly signal: AbortSignal;
  readonly name: string;
  readonly finish: (result?: Result<Rendered>) => Promise<void>;
}

const SIZE = { width: 640, height: 480 };

class Stage {
  document: Document = sampleDocument();
  revision = 1;
  readonly asked: Asked[] = [];
  readonly sent: Frame[] = [];
  readonly measured: unknown[] = [];
  readonly failures: unknown[] = [];
  readonly beneath: { readonly request: BeneathRequest; readonly signal: AbortSignal }[] = [];
  readonly sentHeld: Held[] = [];
  /** What lies beneath any step. */
  held: Beneath | null = null;
  /** What nobody has asked for. */
  readonly idle: Asked[] = [];
  readonly scheduler = new FrameScheduler({
    shelf: new FrameShelf(1e9),
    beneath: (request, signal) => {
      this.beneath.push({ request, signal });
      return Promise.resolve(succeed(this.held));
    },
    sendHeld: (held) => this.sentHeld.push(held),
    shown: () => ({ document: this.document, revision: this.revision, held: null }),
    send: (frame) => this.sent.push(frame),
    measured: (_, reported) => this.measured.push(reported),
    failed: (error) => this.failures.push(error),
    notice: new WorkNotice('d', 'Computing', { send: () => undefined }),
    render: (request, signal) =>
      new Promise((done, reject) => {
        signal.addEventListener('abort', () => reject(new Cancelled()));
        const opacity = request.document.layers[0].opacity;
        const name = `${request.exact ? 'exact' : 'preview'} ${request.level} of ${opacity}`;
        const { region } = request;
        const raster = createRaster({
          width: region?.width ?? 1,
          height: region?.height ?? 1,
          channels: 4,
          depth: 8,
        });
        const whole = { ...levelSize(SIZE, request.level), channels: 4, depth: 8 } as const;
        const rendered = succeed({ raster, key: name.replaceAll(' ', '-'), whole, reported: {} });
        const finish = async (result: Result<Rendered> = rendered): Promise<void> => {
          done(result);
          await vi.advanceTimersByTimeAsync(0);
        };
        (request.idle === true ? this.idle : this.asked).push({ request, signal, name, finish });
      }),
  });

  look(different: Partial<View> = {}): void {
    const view: View = {
      document: 'd',
      generation: 1,
      width: 160,
      height: 120,
      zoom: 0.25,
      x: 0,
      y: 0,
      show: 'after',
      ...different,
    };
    this.scheduler.setView(view);
  }

  /** The state is another one now; its opacity is its name. */
  become(opacity: number): void {
    this.document = { ...this.document, layers: [{ ...this.document.layers[0], opacity }] };
  }

  get last(): Asked {
    return this.asked[this.asked.length - 1];
  }

  get names(): string[] {
    return this.asked.map(({ name }) => name);
  }

  get frames(): string[] {
    return this.sent.map(
      ({ generation, exact, level }) => `${generation} ${exact ? 'exact' : 'preview'} ${level}`,
    );
  }
}

let stage: Stage;

beforeEach(() => {
  vi.useFakeTimers();
  stage = new Stage();
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Renders everything that is asked for until nothing more is. */
async function settle(): Promise<void> {
  for (let done = -1; done < stage.asked.length;) {
    done = stage.asked.length;
    await stage.last.finish();
  }
}

describe('after a change', () => {
  it('a preview comes first, then the exact frame, both with the newest generation', async () => {
    stage.look();
    expect(stage.names).toEqual(['preview 2 of 1']);
    await stage.last.finish();
    expect(stage.names).toEqual(['preview 2 of 1', 'exact 2 of 1']);
    await stage.last.finish();
    expect(stage.frames).toEqual(['1 preview 2', '1 exact 2']);
    expect(stage.asked.every(({ request }) => request.format === 'display')).toBe(true);
  });

  it('there is no preview at full size, where it would be the same work', async () => {
    stage.look({ zoom: 1 });
    expect(stage.names).toEqual(['exact 0 of 1']);
    await settle();
    expect(stage.frames).toEqual(['1 exact 0']);
  });

  it('there is no preview where exact frames are quick', async () => {
    stage.look();
    await settle();
    stage.become(0.5);
    stage.scheduler.changed(2);
    expect(stage.names.slice(2)).toEqual(['exact 2 of 0.5']);
  });

  it('a newer change aborts the older work, which sends nothing any more', async () => {
    stage.look();
    const [older] = stage.asked;
    stage.become(0.5);
    stage.scheduler.changed(2);
    expect(older.signal.aborted).toBe(true);
    await older.finish();
    await settle();
    expect(stage.frames).toEqual(['2 preview 2', '2 exact 2']);
  });

  it('what was rendered before comes from the shelf at once, with the new generation', async () => {
    stage.look();
    await settle();
    stage.become(0.5);
    stage.scheduler.changed(2);
    await settle();
    const before = stage.asked.length;
    stage.become(1);
    stage.scheduler.changed(3);
    await pass(0);
    expect(stage.asked).toHaveLength(before);
    expect(stage.sent.at(-1)).toMatchObject({ generation: 3, exact: true, key: 'exact-2-of-1' });
  });

  it('the frames of before and after are made where both are wanted', async () => {
    stage.document = { ...stage.document, canvas: [] };
    stage.look({ show: 'both' });
    await settle();
    expect(stage.sent.filter(({ exact }) => exact).map(({ which }) => which)).toEqual(['after', 'before']);
  });

  it('a change that another page made keeps this page’s generation', async () => {
    stage.look({ generation: 7 });
    await settle();
    stage.become(0.5);
    stage.scheduler.changed(null);
    await settle();
    expect(stage.sent.at(-1)).toMatchObject({ generation: 7, key: 'exact-2-of-0.5' });
  });

  it('nothing is made before the page has a view, nor after it was cancelled', async () => {
    stage.scheduler.changed(1);
    stage.scheduler.moved(2);
    expect(stage.asked).toEqual([]);
    stage.look();
    stage.scheduler.cancel();
    await pass(1_000);
    expect(stage.asked).toHaveLength(1);
    expect(stage.asked[0].signal.aborted).toBe(true);
    expect(stage.failures).toEqual([]);
  });

  it('a fault is told, and the next change is made all the same', async () => {
    stage.look();
    await stage.last.finish(fail('crashed', 'a worker stopped'));
    expect(stage.failures).toHaveLength(1);
    stage.become(0.5);
    stage.scheduler.changed(2);
    await settle();
    expect(stage.frames).toEqual(['2 preview 2', '2 exact 2']);
  });

  it('what steps measured is told with the exact frame alone', async () => {
    stage.look();
    await stage.last.finish();
    expect(stage.measured).toEqual([]);
    await settle();
    expect(stage.measured).toEqual([{}]);
  });
});

describe('where the page shows histograms', () => {
  it('the exact frame counts the picture that it is made of, as long as the page goes on asking', async () => {
    const counting = (): unknown[] => stage.asked.map(({ name, request }) => [name, request.counts]);
    stage.look();
    await settle();
    expect(counting()).toEqual([
      ['preview 2 of 1', false],
      ['exact 2 of 1', false],
    ]);
    void stage.scheduler.counted();
    stage.become(0.5);
    stage.scheduler.changed(2);
    await settle();
    expect(counting().slice(2)).toEqual([['exact 2 of 0.5', true]]);
    stage.become(0.4);
    stage.scheduler.changed(3);
    await settle();
    expect(counting().slice(3)).toEqual([['exact 2 of 0.4', false]]);
  });

  it('the untouched picture is not counted, nor what is made idly', async () => {
    stage.look({ show: 'before' });
    void stage.scheduler.counted();
    await settle();
    await pass(1_000);
    expect(stage.asked.map(({ request }) => request.counts)).not.toContain(true);
  });

  it('they wait for the exact frame that is under way, also for one that is given up', async () => {
    const told: string[] = [];
    stage.look();
    void stage.scheduler.counted().then(() => told.push('first'));
    await stage.last.finish();
    expect(told).toEqual([]);
    await settle();
    expect(told).toEqual(['first']);
    stage.become(0.5);
    stage.scheduler.changed(2);
    void stage.scheduler.counted().then(() => told.push('second'));
    await pass(0);
    expect(told).toEqual(['first']);
    stage.scheduler.cancel();
    await pass(0);
    expect(told).toEqual(['first', 'second']);
    // Nothing is under way while a hand moves.
    stage.become(0.4);
    stage.scheduler.moved(3);
    await stage.scheduler.counted();
  });
});

describe('after another part of the same picture came into view', () => {
  // Exact frames at full size, each of them exact in its own view and in no other.
  const close = { zoom: 1, x: 320, y: 240 };

  it.each([
    ['coarser', {}, ['2 preview 2', '2 exact 2']],
    ['as large elsewhere', { zoom: 1 }, ['2 exact 0']],
  ])('nothing is told to be exact before it is: %s', async (_, view, told) => {
    stage.look(close);
    // A small part of the picture was there soon; that says nothing of all of it.
    await pass(30);
    await settle();
    await pass(1_000);
    const [before, asked] = [stage.frames.length, stage.asked.length];
    stage.look({ generation: 2, ...view });
    for (let at = asked; at < stage.asked.length; at++) {
      expect(stage.sent.slice(before).filter(({ exact }) => exact)).toEqual([]);
      await stage.asked[at].finish();
    }
    expect(stage.frames.slice(before)).toEqual(told);
  });
});

describe('while a control moves', () => {
  beforeEach(async () => {
    stage.look();
    await settle();
    stage.asked.length = 0;
    stage.sent.length = 0;
  });

  const move = (opacity: number, generation: number): void => {
    stage.become(opacity);
    stage.scheduler.moved(generation);
  };

  it('only previews are made, one at a time, of the newest state', async () => {
    move(0.1, 2);
    move(0.2, 3);
    move(0.3, 4);
    expect(stage.names).toEqual(['preview 2 of 0.1']);
    await stage.last.finish();
    expect(stage.names).toEqual(['preview 2 of 0.1', 'preview 2 of 0.3']);
    await stage.last.finish();
    expect(stage.frames).toEqual(['2 preview 2', '4 preview 2']);
  });

  it('the exact frame follows when it rests', async () => {
    move(0.1, 2);
    await stage.last.finish();
    await pass(40);
    expect(stage.names).toEqual(['preview 2 of 0.1']);
    await pass(100);
    expect(stage.names.at(-1)).toBe('exact 2 of 0.1');
    await settle();
    expect(stage.frames.at(-1)).toBe('2 exact 2');
  });

  it('an exact frame under way gives way to the next movement', async () => {
    move(0.1, 2);
    await stage.last.finish();
    await pass(200);
    const exact = stage.last;
    expect(exact.request.exact).toBe(true);
    move(0.2, 3);
    expect(exact.signal.aborted).toBe(true);
    expect(stage.names.at(-1)).toBe('preview 2 of 0.2');
  });

  it('a slow preview is aborted once it is overtaken, and the next one is coarser', async () => {
    move(0.1, 2);
    await pass(90);
    move(0.2, 3);
    expect(stage.asked[0].signal.aborted).toBe(false);
    await pass(60);
    expect(stage.asked[0].signal.aborted).toBe(true);
    expect(stage.names).toEqual(['preview 2 of 0.1', 'preview 3 of 0.2']);
  });

  it('previews become as coarse as they must, and finer again where they can', async () => {
    for (let generation = 2; generation < 8; generation++) {
      move(generation / 10, generation);
      await pass(70);
      await stage.last.finish();
    }
    expect(stage.asked.map(({ request }) => request.level)).toEqual([2, 3, 4, 4, 4, 4]);
    for (let generation = 8; generation < 10; generation++) {
      move(generation / 10, generation);
      await stage.last.finish();
    }
    expect(stage.asked.slice(-2).map(({ request }) => request.level)).toEqual([4, 3]);
  });

  it('a commit ends it: the exact frame is begun at once', async () => {
    move(0.1, 2);
    await stage.last.finish();
    stage.scheduler.changed(3);
    expect(stage.names.at(-1)).toBe('exact 2 of 0.1');
    await settle();
    expect(stage.frames).toEqual(['2 preview 2', '3 preview 2', '3 exact 2']);
    await pass(1_000);
    expect(stage.asked).toHaveLength(2);
  });

  it('views that follow each other closely are a movement too', async () => {
    await pass(1_000);
    stage.look({ generation: 2, x: 0, zoom: 0.2 });
    await pass(0);
    stage.asked.length = 0;
    for (let generation = 3; generation < 9; generation++) {
      stage.look({ generation, zoom: 0.24 / 2 ** (generation / 4), x: generation });
      await pass(16);
    }
    // The first one was on the shelf.
    expect(stage.names).toEqual(['preview 3 of 1']);
    expect(stage.asked.filter(({ signal }) => signal.aborted)).toEqual([]);
    expect(stage.asked.filter(({ request }) => request.exact)).toEqual([]);
    await settle();
    await pass(100);
    await settle();
    expect(stage.frames.at(-1)).toBe('8 exact 4');
  });

  it('what is on the shelf exactly is sent exactly', async () => {
    move(1, 2);
    await pass(0);
    expect(stage.asked).toEqual([]);
    expect(stage.frames).toEqual(['2 exact 2']);
  });

  it('at full size the exact frame itself is made, while it keeps up', async () => {
    await pass(1_000);
    stage.look({ zoom: 1, generation: 2 });
    await settle();
    stage.asked.length = 0;
    move(0.1, 3);
    expect(stage.names).toEqual(['exact 0 of 0.1']);
    await pass(70);
    await stage.last.finish();
    expect(stage.frames.at(-1)).toBe('3 exact 0');
    move(0.2, 4);
    expect(stage.names.at(-1)).toBe('preview 1 of 0.2');
  });
});

describe('a large preview', () => {
  it('is made at half its size while a control moves, and at its own when it rests', async () => {
    stage.look({ width: 4000, height: 3000, zoom: 1 });
    stage.document = { ...stage.document, frame: { width: 4000, height: 3000 } };
    await settle();
    stage.asked.length = 0;
    stage.become(0.1);
    stage.scheduler.moved(2);
    expect(stage.names).toEqual(['preview 1 of 0.1']);
    await stage.last.finish();
    await pass(200);
    expect(stage.names.at(-1)).toBe('exact 0 of 0.1');
  });
});

describe('what the page draws itself', () => {
  beforeEach(async () => {
    stage.look();
    await settle();
    stage.asked.length = 0;
    stage.sent.length = 0;
  });

  it('needs no frame before the hand rests, and then the exact one alone', async () => {
    for (let generation = 2; generation < 6; generation++) {
      stage.become(generation / 10);
      stage.scheduler.drawnByPage(generation);
      await pass(30);
    }
    expect(stage.asked).toEqual([]);
    await pass(150);
    expect(stage.names).toEqual(['exact 2 of 0.5']);
    await settle();
    expect(stage.frames).toEqual(['5 exact 2']);
  });

  it('gets no preview of the same picture when it is kept', async () => {
    await pass(1_000);
    stage.become(0.3);
    stage.scheduler.changed(2);
    await pass(100);
    await settle();
    stage.asked.length = 0;
    stage.become(0.2);
    stage.scheduler.drawnByPage(3);
    stage.scheduler.changed(4);
    expect(stage.names).toEqual(['exact 2 of 0.2']);
  });

  it('is abandoned by any other change', async () => {
    stage.become(0.2);
    stage.scheduler.drawnByPage(2);
    stage.become(1);
    stage.scheduler.changed(3);
    await pass(1_000);
    expect(stage.frames).toEqual(['3 exact 2']);
  });
});

describe('when nothing else is to be done', () => {
  const raster = createRaster({ width: 160, height: 120, channels: 3, depth: 8 });
  const held: Beneath = {
    raster,
    node: 'node',
    whole: { ...raster, ...levelSize(SIZE, 2) },
    light: true,
    looked: new Map(),
  };

  it('what lies beneath the step in hand is made ready and sent, where tables do the rest', async () => {
    stage.held = held;
    stage.scheduler.hold('s');
    stage.look();
    expect(stage.beneath).toEqual([]);
    await settle();
    await pass(100);
    expect(stage.beneath.map(({ request }) => [request.step, request.level, request.ahead])).toEqual([
      ['s', 2, true],
    ]);
    expect(stage.sentHeld).toMatchObject([{ step: 's', node: 'node', level: 2, channels: 3, depth: 8 }]);
  });

  it('is sent once the controls are opened, and not where more than tables is needed', async () => {
    stage.held = { ...held, light: false };
    stage.look();
    await settle();
    await pass(100);
    expect(stage.beneath).toEqual([]);
    stage.scheduler.hold('s');
    await pass(100);
    expect([stage.beneath.length, stage.sentHeld.length]).toEqual([1, 0]);
  });

  it('else it is made ready after the first preview of a control that moves, once', async () => {
    stage.held = held;
    stage.look();
    await settle();
    stage.scheduler.hold('s');
    for (const opacity of [0.1, 0.2, 0.3]) {
      stage.become(opacity);
      stage.scheduler.moved(2);
      await stage.last.finish();
    }
    expect(stage.names.slice(-3)).toEqual(['preview 2 of 0.1', 'preview 2 of 0.2', 'preview 2 of 0.3']);
    expect(stage.beneath.map(({ request }) => [request.step, request.ahead])).toEqual([['s', false]]);
    expect(stage.sentHeld).toHaveLength(1);
    // What lies beneath may be another after any other change.
    stage.scheduler.changed(3);
    stage.scheduler.moved(4);
    await stage.last.finish();
    expect(stage.beneath).toHaveLength(2);
  });

  it('the whole picture and the neighbouring area are made of a part, and of nothing else', async () => {
    stage.look({ zoom: 2 });
    await settle();
    await pass(100);
    await stage.idle[0].finish();
    expect(stage.idle.map(({ name }) => name)).toEqual(['preview 1 of 1', 'exact 0 of 1']);
    expect(stage.idle[0].request.region).toEqual({ x: 0, y: 0, width: 320, height: 240 });
    expect(stage.idle[1].request.region).toEqual({ x: 0, y: 0, width: 384, height: 320 });
    await stage.idle[1].finish();
    expect(stage.frames.slice(-2)).toEqual(['1 preview 1', '1 exact 0']);
    expect(stage.failures).toEqual([]);
  });

  it('any change aborts it', async () => {
    stage.look({ zoom: 0.5 });
    await settle();
    await pass(100);
    stage.become(0.5);
    stage.scheduler.changed(2);
    expect(stage.idle[0].signal.aborted).toBe(true);
    expect(stage.names.at(-1)).toBe('exact 1 of 0.5');
  });

  it('a view inside the area that is there needs nothing new', async () => {
    stage.look({ zoom: 0.5 });
    await settle();
    await pass(100);
    for (const each of stage.idle) await each.finish();
    stage.asked.length = 0;
    stage.look({ zoom: 0.5, x: 150, generation: 2 });
    await pass(0);
    expect(stage.asked).toEqual([]);
    expect(stage.frames.at(-1)).toBe('2 exact 1');
  });
});
