import { jsonInner } from '../json-text.ts'
import type { Draw } from './draw.ts'
import { pick } from './draw.ts'

const sentences: readonly string[] = [
  'Hi! I cannot find the export button any more — did it move?',
  'Thanks, that <b>did</b> the trick 🎉',
  'Could you resend the invoice for March? It says &quot;404&quot; when I open it.',
  'Our finance team needs the totals in € <i>and</i> in £, please.',
  'See <a href="https://help.example.com/articles/42?a=1&amp;b=2">this article</a> &amp; tell me if it helps.',
  'Guten Tag, die Übersicht lädt seit heute früh nicht mehr. Grüße aus Nürnberg',
  'Das hat geholfen – danke schön! 👍🏽',
  'Bonjour, l’export s’arrête à la moitié ; pouvez-vous vérifier ?',
  'Merci beaucoup, c’est réglé ✅',
  '¿Cómo cambio el idioma? No encuentro la opción… ¡gracias!',
  'Olá, não consigo anexar o relatório em português.',
  'お世話になっております。ログインできません。ご確認をお願いいたします。',
  '您好,请问怎么修改发票抬头?谢谢!',
  '안녕하세요, 결제 내역이 보이지 않아요 😢',
  'مرحبا، لا أستطيع تسجيل الدخول منذ أمس. شكراً لكم.',
  'שלום, ההודעה ‎ABC-123‎ לא נשלחה ללקוח.',
  'Здравствуйте! Отчёт за квартал не сходится на 0,01.',
  'नमस्ते, मेरा खाता बंद क्यों हो गया?',
  'Family of four 👨‍👩‍👧‍👦, flags 🇮🇪🇯🇵, and a zero-width joiner too.',
  'Line one<br>line two with a tab	and a back\\slash',
]

const paragraphs = sentences.map((sentence) => jsonInner(`<p>${sentence}</p>`))

/** The body of a message: one to three paragraphs of HTML in several languages, escaped for JSON. */
export function messageBody(draw: Draw, index: number, salt: number): string {
  const drawn = draw(index, salt)
  let body = pick(paragraphs, drawn)
  if (drawn % 3 === 0) body += pick(paragraphs, drawn >>> 5)
  if (drawn % 11 === 0)
    body += '\\n<p><img src=\\"https://downloads.example.com/i/' + (drawn % 97) + '.png\\"></p>'
  return body
}

const subjects = [
  'Invoice',
  'Export stops half-way',
  'Rechnung März',
  'Facture manquante',
  'ログインについて',
  'تسجيل الدخول',
  '结算',
  'Re: Re: your ticket 🎟️',
].map(jsonInner)

/** A subject of an e-mail or the title of a ticket, escaped for JSON. */
export function messageSubject(draw: Draw, index: number, salt: number): string {
  return pick(subjects, draw(index, salt))
}
