/** The module's exports, one file a kernel. ../exports.ts says them to TypeScript; a test holds the two together. */

export * from './box-blur';
export * from './composition';
export * from './bilateral';
export * from './resample';
export * from './halve';
export * from './histogram';
export * from './linear';
export * from './shuffle';
export * from './tables';
