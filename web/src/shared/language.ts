// Texts in Chinese and English. t() takes both at the place where they are shown; the compiler refuses a pair
// whose {holes} differ, and a call that does not fill them.
import { ref, watchEffect } from 'vue'
import { keep, kept } from './kept'

export type Language = 'zh' | 'en'
export interface Text {
  zh: string
  en: string
}

type Holes<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never
type SameHoles<Z extends string, E extends string> = [Holes<Z>] extends [Holes<E>]
  ? [Holes<E>] extends [Holes<Z>]
    ? E
    : never
  : never
type Values<Z extends string> = [Holes<Z>] extends [never] ? [] : [Record<Holes<Z>, string | number>]

export const language = ref<Language>(kept('language') === 'en' ? 'en' : 'zh')

/** Keeps the document's language and the browser's memory in step with `language`; once per page. */
export function followLanguage(): void {
  watchEffect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
    keep('language', language.value)
  })
}

export function t<const Z extends string, const E extends string>(
  zh: Z,
  en: SameHoles<Z, E>,
  ...values: Values<Z>
): string {
  const text: string = language.value === 'zh' ? zh : en
  const filled = values[0] as Record<string, string | number> | undefined
  return filled ? text.replace(/\{(\w+)\}/g, (hole, name: string) => String(filled[name] ?? hole)) : text
}

/** A text of the server in the language of the page; the other one where it is missing. For inside a sentence. */
export const word = (text: Text | undefined | null): string =>
  (language.value === 'zh' ? text?.zh || text?.en : text?.en || text?.zh) ?? ''
/** The same standing for itself: with a capital letter. */
export const say = (text: Text | undefined | null): string => capital(word(text))
/** Several of a kind: "甲、乙", "a, b". */
export const listed = (texts: string[]): string => texts.join(language.value === 'zh' ? '、' : ', ')
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
