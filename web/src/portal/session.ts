// Who is signed in at the portal.
import { shallowRef } from 'vue'
import { api, ask, session, type Schemas } from '@/shared/api'
import { asRefusal } from '@/shared/problem'

export const me = shallowRef<Schemas['OwnView'] | null>(null)
/** Whether the server has told yet. */
export const asked = shallowRef(false)

session.onExpired = () => {
  me.value = null
}

export async function look(): Promise<void> {
  try {
    session.csrf = (await ask(api.GET('/session'))).csrf
    me.value = await ask(api.GET('/me'))
  } catch (thrown) {
    if (asRefusal(thrown).expired) me.value = null
  } finally {
    asked.value = true
  }
}

export async function signIn(login: string, password: string, code: string): Promise<void> {
  await ask(api.POST('/session', { body: { login: login.trim(), password, code: code.trim() || undefined } }))
  await look()
}

export async function signOut(): Promise<void> {
  await ask(api.DELETE('/session')).catch(() => {})
  me.value = null
}
