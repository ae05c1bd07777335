import { expect, test } from 'vitest'
import { answerTogether } from '@penstock/server/answer-together.ts'

/** A source that answers with what it holds when it is asked, once it is told to. */
function slowSource() {
  const asked: { readonly value: number; readonly answer: () => void; readonly fail: () => void }[] = []
  const source = { held: 0 }
  const read = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const value = source.held
    asked.push({ value, answer: () => resolve(value), fail: () => reject(new Error('gone')) })
    return await promise
  }
  return { source, asked, read }
}

test('who asks while an answer is made gets the next one, with all who asked meanwhile, and sees what was written before', async () => {
  const [together, { source, asked, read }] = [answerTogether<number>(), slowSource()]
  const first = together(source, 'how many', read)
  source.held = 1
  const second = together(source, 'how many', read)
  source.held = 2
  const third = together(source, 'how many', read)
  expect(asked).toHaveLength(1)
  asked[0]?.answer()
  expect(await first).toBe(0)
  await expect.poll(() => asked.length).toBe(2)
  source.held = 3
  const fourth = together(source, 'how many', read)
  asked[1]?.answer()
  expect(await Promise.all([second, third])).toEqual([2, 2])
  await expect.poll(() => asked.length).toBe(3)
  asked[2]?.answer()
  expect(await fourth).toBe(3)
})

test('other questions, and other owners, wait for nobody', async () => {
  const [together, { source, asked, read }] = [answerTogether<number>(), slowSource()]
  const answers = [together(source, 'a', read), together(source, 'b', read), together({}, 'a', read)]
  expect(asked).toHaveLength(3)
  for (const one of asked) one.answer()
  expect(await Promise.all(answers)).toEqual([0, 0, 0])
})

test('a failure is told to those who got it, and the next answer is made anew', async () => {
  const [together, { source, asked, read }] = [answerTogether<number>(), slowSource()]
  const first = together(source, 'a', read)
  const second = together(source, 'a', read)
  asked[0]?.fail()
  await expect(first).rejects.toThrow('gone')
  await expect.poll(() => asked.length).toBe(2)
  asked[1]?.answer()
  expect(await second).toBe(0)
})
