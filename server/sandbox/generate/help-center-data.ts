import type { JsonObject } from '../json-text.ts'
import { parseExactly } from '../json-text.ts'
import type { SandboxSizes } from '../sandbox-sizes.ts'
import { drawsFor, pick } from './draw.ts'
import { messageBody } from './messages.ts'
import type { Listed } from './reference-data.ts'

/** Articles, collections and help centers, kept as the API answers them. */
export interface HelpCenterData {
  readonly articles: Listed[]
  readonly collections: Listed[]
  readonly helpCenters: Listed[]
}

/** Two help centers, collections nested three deep, and articles: drafts have no URL, some are translated. */
export function makeHelpCenter(
  seed: number,
  sizes: SandboxSizes,
  end: number,
  authorIds: readonly string[],
): HelpCenterData {
  const collections = Array.from({ length: sizes.collections }, (_, index) => makeCollection(index, end))
  const draw = drawsFor(seed, 'articles')
  const articles = Array.from({ length: sizes.articles }, (_, index) => {
    const drawn = draw(index, 1)
    const updated = end - 3600 - (drawn % 50_000_000)
    const parent = collections.length === 0 || drawn % 7 === 0 ? undefined : pick(collections, drawn >>> 3)
    const body = String(parseExactly(`{"body":"${messageBody(draw, index, 2)}"}`)['body'])
    return makeArticle({ index, updated, body, parent, authorId: Number(pick(authorIds, drawn >>> 5)) })
  })
  return { articles, collections, helpCenters: makeHelpCenters(end) }
}

function makeHelpCenters(end: number): Listed[] {
  return ['Support', 'Entwickler'].map((name, index) => ({
    id: String(79 + index),
    workspace_id: 'sandbox_workspace',
    created_at: end - 70_000_000,
    updated_at: end - 5_000_000 + index,
    identifier: `sandbox-${index}`,
    website_turned_on: index === 0,
    display_name: name,
    url: `https://help-${index}.example.com`,
    custom_domain: index === 0 ? 'help.example.com' : null,
  }))
}

function makeCollection(index: number, end: number): Listed {
  const parent = index < 4 ? null : String(159 + Math.floor((index - 4) / 2))
  const name = ['Getting started', 'Abrechnung', 'よくある質問', 'الحساب'][index % 4] ?? ''
  return {
    id: String(159 + index),
    workspace_id: 'sandbox_workspace',
    name: `${name} ${index}`,
    description: index % 3 === 0 ? null : 'What you need to know',
    created_at: end - 60_000_000 + index,
    updated_at: end - 4_000_000 + index * 3000,
    url: index % 5 === 4 ? null : `https://help.example.com/en/collections/${159 + index}`,
    icon: 'bookmark',
    order: index,
    default_locale: 'en',
    translated_content:
      index % 4 === 0
        ? {
            type: 'group_translated_content',
            de: { type: 'group_content', name: `Erste Schritte ${index}`, description: 'Alles Wichtige' },
          }
        : null,
    parent_id: parent,
    help_center_id: parent === null ? 79 : null,
  }
}

interface ArticleParts {
  readonly index: number
  readonly updated: number
  readonly body: string
  readonly parent: Listed | undefined
  readonly authorId: number
}

function makeArticle({ index, updated, body, parent, authorId }: ArticleParts): Listed {
  const draft = index % 6 === 5
  const id = String(39 + index)
  const german: JsonObject = {
    type: 'article_content',
    title: `Artikel ${index}`,
    description: 'Übersetzt',
    body,
    author_id: authorId,
    state: 'published',
    created_at: updated - 1000,
    updated_at: updated + 500,
    url: `https://help.example.com/de/articles/${id}`,
  }
  return {
    id,
    type: 'article',
    workspace_id: 'sandbox_workspace',
    parent_id: parent === undefined ? null : Number(parent.id),
    parent_type: parent === undefined ? null : 'collection',
    parent_ids: parent === undefined ? [] : [Number(parent.id)],
    tags: { type: 'tag.list', tags: [] },
    title: `How to ${index} – ${['export', 'zahlen', '始める'][index % 3]}`,
    description: index % 4 === 0 ? null : 'In short',
    body: draft ? null : body,
    author_id: authorId,
    state: draft ? 'draft' : 'published',
    created_at: updated - 100_000 * (1 + (index % 9)),
    updated_at: updated,
    url: draft ? null : `https://help.example.com/en/articles/${id}-how-to`,
    default_locale: 'en',
    translated_content: index % 5 === 0 ? { type: 'article_translated_content', de: german } : null,
  }
}
