import { catalogue } from './catalogue.ts'

/** The keyboard map's words. */
export const keyboardText = catalogue({
  title: 'Keyboard shortcuts',
  singleKeys: 'Single-key shortcuts',
  singleKeysHint:
    'Turn them off if you dictate, or press keys by accident. Shortcuts with Ctrl, ⌘ or Alt stay.',
  changeFor: (does: string) => `Change the keys: ${does}`,
  pressNow: 'Press the new keys',
  resetFor: (does: string) => `Back to the usual keys: ${does}`,
  turnOffFor: (does: string) => `Turn off: ${does}`,
  off: 'Off',
  taken: (does: string) => `These keys already do something else: ${does}`,
  scopes: {
    everywhere: 'Everywhere',
    list: 'In a list',
    run: 'On a run',
    editor: 'In the editor',
    connector: 'On a connector',
  },
  does: {
    palette: 'Search and commands',
    shortcuts: 'Show this sheet',
    create: 'Create …',
    search: 'Search this page',
    goPipelines: 'Go to pipelines',
    goRuns: 'Go to runs',
    goConnections: 'Go to connections',
    goChanges: 'Go to schema changes',
    goSettings: 'Go to settings',
    rowRun: 'Run the selected pipelines',
    rowPause: 'Pause or resume the selected pipelines',
    follow: 'Follow what is running',
    log: 'Show or hide the log',
    stop: 'Stop the run',
    saveConnector: 'Save the connector',
    publishConnector: 'Publish the connector',
    tryManifest: 'Try the connector',
  },
})
