// The core and the set stay files of their own, found by their URLs; Vite must not bundle the package beforehand.
export default { base: './', optimizeDeps: { exclude: ['taintwatch'] } };
