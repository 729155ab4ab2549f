import { fill, h } from './dom.js';
import { problem } from './notice.js';

/** The log-in. The address stays what it was, so that one comes back to the page one wanted. */
export function logInPage({ main, api, title, loggedIn }) {
  title('Log in');
  const said = h('div', {});
  const user = h('input', { id: 'user', name: 'user', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true, maxlength: '64' });
  const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '256' });
  const button = h('button', { type: 'submit', class: 'main' }, 'Log in');

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    fill(said);
    try {
      await api.logIn(user.value, password.value);
      password.value = '';
      await loggedIn();
    } catch (error) {
      // One answer for a wrong name and a wrong password: who has an account is nobody's business.
      const wrong = error.status === 401 || error.status === 400;
      fill(said, problem(wrong ? { message: 'User or password is wrong.', whatToDo: 'Type both again. If you do not know them, ask whoever gave you the account.' } : error));
      password.value = '';
      password.focus();
    } finally {
      button.disabled = false;
    }
  }

  fill(
    main,
    h(
      'form',
      { class: 'login', onsubmit: submit },
      h('h1', { tabindex: '-1' }, 'Log in'),
      said,
      h('label', { for: 'user' }, 'User'),
      user,
      h('label', { for: 'password' }, 'Password'),
      password,
      button,
    ),
  );
  user.focus();
}
