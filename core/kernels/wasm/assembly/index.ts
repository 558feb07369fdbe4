/** The module's exports, one file a kernel. ../exports.ts says them to TypeScript; a test holds the two together. */

export * from './box-blur';
export * from './composition';
export * from './bilateral';
export * from './resample';
