import { afterEach, expect, test } from 'vitest'
import { language, say, t } from '@/shared/language'

afterEach(() => {
  language.value = 'zh'
})

test('a text is shown in the language of the page, with its holes filled', () => {
  expect(t('待办', 'To do')).toBe('待办')
  expect(t('第 {n} 件，共 {all} 件', 'case {n} of {all}', { n: 2, all: 18 })).toBe('第 2 件，共 18 件')
  language.value = 'en'
  expect(t('第 {n} 件，共 {all} 件', 'case {n} of {all}', { n: 2, all: 18 })).toBe('case 2 of 18')
})

test('pairs that do not belong together do not compile', () => {
  // @ts-expect-error the English text lacks {n}
  t('第 {n} 件', 'a case', { n: 1 })
  // @ts-expect-error nothing fills {n}
  t('第 {n} 件', 'case {n}')
  // @ts-expect-error a text without holes takes no values
  t('待办', 'To do', { n: 1 })
})

test('a text of the server falls back to the language that is there', () => {
  expect(say({ zh: '热线', en: 'hotline' })).toBe('热线')
  language.value = 'en'
  expect(say({ zh: '热线', en: '' })).toBe('热线')
  expect(say(undefined)).toBe('')
})
