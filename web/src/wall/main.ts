import './wall.css'
import { createApp } from 'vue'
import { followLanguage } from '@/shared/language'
import { look } from '@/portal/session'
import Wall from './Wall.vue'

followLanguage()
void look()
createApp(Wall).mount('#app')
