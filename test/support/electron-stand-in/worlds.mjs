// The two worlds of a page: the isolated one, in which the preload script runs, and the page's own. They share the document but
// no objects, so everything between them passes as JSON text in DOM events, and functions as numbers. Both functions here are sent to
// the browser as source text.

/** Runs in the page's own world: makes what the preload script exposes. */
export function mainWorld() {
  // A page in Electron may close its own window; in a browser it may not.
  const { standInClose } = window;
  delete window.standInClose;
  window.close = () => standInClose('');
  const functions = [];
  const returned = { text: '' };
  const encode = (value) =>
    JSON.stringify(value, (_, part) =>
      typeof part === 'function' ? { $function: functions.push(part) - 1 } : part,
    );
  const callPreload = (id, words) => {
    document.dispatchEvent(new CustomEvent('stand-in:call', { detail: `${id} ${encode(words)}` }));
    const { text } = returned;
    return decode(text === '' ? undefined : JSON.parse(text));
  };
  const decode = (value) => {
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.$function === 'number') return (...words) => callPreload(value.$function, words);
    if (typeof value.$promise === 'number')
      return new Promise((...both) => promises.set(value.$promise, both));
    const made = Array.isArray(value) ? [] : {};
    for (const [name, part] of Object.entries(value)) made[name] = decode(part);
    return made;
  };
  const promises = new Map();
  const split = (detail) => [
    Number(detail.slice(0, detail.indexOf(' '))),
    detail.slice(detail.indexOf(' ') + 1),
  ];
  document.addEventListener('stand-in:returned', ({ detail }) => {
    returned.text = detail;
  });
  document.addEventListener('stand-in:expose', ({ detail }) => {
    const { key, api } = JSON.parse(detail);
    Object.defineProperty(window, key, { value: Object.freeze(decode(api)), enumerable: true });
  });
  document.addEventListener('stand-in:settle', ({ detail }) => {
    const [id, text] = split(detail);
    const { ok, value } = JSON.parse(text);
    const [resolve, reject] = promises.get(id);
    promises.delete(id);
    if (ok) resolve(value);
    else reject(new Error(value));
  });
  document.addEventListener('stand-in:callback', ({ detail }) => {
    const [id, text] = split(detail);
    functions[id](...JSON.parse(text));
  });
}

/** Runs in the isolated world; `preload` is the preload script as a function of `require`, which gives it `electron` alone. */
export function isolatedWorld(preload) {
  const functions = [];
  let promises = 0;
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`stand-in:${name}`, { detail }));
  const encode = (value) =>
    JSON.stringify(value, (_, part) => {
      if (typeof part === 'function') return { $function: functions.push(part) - 1 };
      if (!(part instanceof Promise)) return part;
      const id = promises++;
      const settle = (ok) => (result) =>
        tell('settle', `${id} ${JSON.stringify({ ok, value: ok ? result : String(result) })}`);
      part.then(settle(true), settle(false));
      return { $promise: id };
    }) ?? '';
  const decode = (value) => {
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.$function === 'number') {
      return (...words) => tell('callback', `${value.$function} ${JSON.stringify(words)}`);
    }
    const made = Array.isArray(value) ? [] : {};
    for (const [name, part] of Object.entries(value)) made[name] = decode(part);
    return made;
  };
  document.addEventListener('stand-in:call', ({ detail }) => {
    const at = detail.indexOf(' ');
    const words = decode(JSON.parse(detail.slice(at + 1)));
    tell('returned', encode(functions[Number(detail.slice(0, at))](...words)));
  });

  const waiting = new Map();
  const listeners = new Map();
  globalThis.standInReply = (id, ok, value) => {
    const [resolve, reject] = waiting.get(id);
    waiting.delete(id);
    if (ok) resolve(value);
    else reject(new Error(value));
  };
  globalThis.standInEvent = (channel, value) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, value);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key, api) => tell('expose', `{"key":${JSON.stringify(key)},"api":${encode(api)}}`),
    },
    ipcRenderer: {
      invoke: (channel, ...words) =>
        new Promise((...both) => {
          const id = waiting.size === 0 ? 0 : Math.max(...waiting.keys()) + 1;
          waiting.set(id, both);
          globalThis.standInInvoke(JSON.stringify({ id, channel, words }));
        }),
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel, listener) =>
        listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        ),
    },
  };
  preload((name) => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload script cannot load ${name}`);
  });
}
