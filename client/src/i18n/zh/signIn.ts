import type { signIn as english } from '../en/signIn';
import type { In } from './in';

export const signIn: In<typeof english> = {
  title: '登录',
  email: '邮箱',
  password: '密码',
  submit: '登录',
  unlock: '解锁',
};
