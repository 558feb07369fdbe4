/** The module's exports, one file a kernel. ../exports.ts says them to TypeScript; a test holds the two together. */

export * from './box-blur';
export * from './copy';
export * from './extremes';
export * from './fourier';
export * from './gaussian';
export * from './gaussian-contrast';
export * from './gaussian-strip';
export * from './gradient';
export * from './linear';
export * from './lower';
export * from './median';
export * from './median-histogram';
export * from './rank';
export * from './real-sums';
export * from './halve';
export * from './histogram';
export * from './shuffle';
export * from './tables';
export * from './windows';
export * from './composition';
export * from './compose-levels';
export * from './bilateral';
export * from './resample';
export * from './luma';
export * from './resample-levels';
export * from './bilateral-levels';
