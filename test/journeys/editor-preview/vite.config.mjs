import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Builds the page on which editor tests run without a server; tools and libraries are the web's own. */
const web = join(import.meta.dirname, '../../../web')
const ofWeb = createRequire(join(web, 'package.json'))
const load = async (name) => (await import(pathToFileURL(ofWeb.resolve(name)).href)).default
const [react, tailwind] = await Promise.all([load('@vitejs/plugin-react'), load('@tailwindcss/vite')])
const shared = ['react', 'react-dom', 'reactflow', 'zustand']

export default {
  root: import.meta.dirname,
  plugins: [react(), tailwind()],
  resolve: {
    alias: [
      { find: /^@penstock\/web\//, replacement: `${web}/` },
      ...shared.map((name) => ({
        find: new RegExp(`^${name}(?=/|$)`),
        replacement: join(web, 'node_modules', name),
      })),
    ],
    dedupe: shared,
  },
  build: { target: 'es2023', emptyOutDir: true },
}
