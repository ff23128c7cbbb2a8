// @ts-check
// Scripts of packages that nobody here wrote, put into one that stands in a page.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * @param {string} script a module that imports what it needs
 * @returns {Promise<string>} the same with all of it, as it may stand between tags
 */
export async function bundled(script) {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0].text.replaceAll('</script', '<\\/script');
}
