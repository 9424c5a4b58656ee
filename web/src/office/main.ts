import '@/shared/tokens.css'
import '@/shared/base.css'
import './office.css'
import { createApp } from 'vue'
import { followLanguage } from '@/shared/language'
import App from './App.vue'
import { dropOldDrafts } from './form/drafts'
import { router } from './router'
import { applyTextSize, tellRefusal } from './state'

followLanguage()
applyTextSize()
const app = createApp(App)
app.config.errorHandler = (error) => {
  console.error(error)
  tellRefusal(error)
}
app.use(router).mount('#app')
dropOldDrafts()
