// Language and size of letters. The pages that the server writes have the same, so both are in cookies.
import { ref } from 'vue'
import { language, type Language } from '@/shared/language'

const cookie = (name: string) => new RegExp(`(?:^|; )jinyue_${name}=([^;]*)`).exec(document.cookie)?.[1]
const keepCookie = (name: string, value: string) => {
  document.cookie = `jinyue_${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`
}

export const size = ref(0)

export function setSize(value: number): void {
  size.value = value
  document.documentElement.className = `size-${value}`
  keepCookie('size', String(value))
}

export function setLanguage(value: Language): void {
  language.value = value
  keepCookie('language', value)
}

export function readLook(): void {
  size.value = Math.min(Number(cookie('size')) || 0, 2)
  document.documentElement.className = `size-${size.value}`
  const wanted = cookie('language')
  if (wanted === 'zh' || wanted === 'en') language.value = wanted
}
