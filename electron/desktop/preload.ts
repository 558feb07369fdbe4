/** The only thing that reaches from Electron into the page: calls one way, events the other. No module, no raw IPC. */

import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Event } from '../../core/protocol/contract';
import { CALL_CHANNEL, EVENT_CHANNEL, type Bridge } from '../../core/protocol/wire';

const bridge: Bridge = {
  call: (name, payload) => ipcRenderer.invoke(CALL_CHANNEL, name, payload),
  listen: (listener) => {
    const forward = (_: IpcRendererEvent, event: Event): void => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => void ipcRenderer.off(EVENT_CHANNEL, forward);
  },
};

contextBridge.exposeInMainWorld('burnish', bridge);
