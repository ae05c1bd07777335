import { catalogue } from './catalogue.ts'

/** What every screen says. */
export const uiText = catalogue({
  product: 'Penstock',
  close: 'Close',
  done: 'Done',
  cancel: 'Cancel',
  save: 'Save',
  retry: 'Try again',
  undo: 'Undo',
  search: 'Search',
  loading: 'Loading',
  never: 'Never',
  copied: 'Copied',
  haveIt: 'I have stored it',
  notKeptYet: 'It cannot be shown again. Copy it, or press “I have stored it”.',
  notCopied: 'The browser did not allow copying. Select the text and copy it by hand.',
  nothingMatches: 'Nothing matches.',
  notifications: 'Notifications',
  noPermission: 'Not for your role',
  noPermissionToSee: 'Your role may not see this. An admin can give you another role in Settings, Members.',
  /** What is said below a field. */
  wrong: {
    missing: 'Fill this in.',
    notChosen: 'Choose one.',
    email: 'This is no e-mail address. One looks like name@example.com.',
    url: 'This is no web address. One begins with https://.',
    short: (least: number) => `This is too short: at least ${least} characters.`,
    form: 'This is not written as it has to be.',
  },
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  notTyped: (word: string) => `Type the word ${word}, in capitals.`,
  moreFor: (name: string) => `More for ${name}`,
  status: {
    draft: 'Draft',
    healthy: 'Healthy',
    running: 'Running',
    warning: 'Warning',
    failed: 'Failed',
    paused: 'Paused',
    needs_review: 'Needs review',
  },
})
