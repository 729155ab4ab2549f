// The clinic's server, as the page talks to it: same origin, a cookie the page cannot read, errors that say what to do.

const TIME_OUT_MS = 20_000;

/** Says what went wrong and what to do. */
export class ApiError extends Error {
  constructor(status, text, whatToDo) {
    super(text);
    this.status = status;
    this.whatToDo = whatToDo;
  }
}

export class Api {
  #loggedOut;

  /** @param {() => void} loggedOut called when the server no longer knows who is asking */
  constructor(loggedOut) {
    this.#loggedOut = loggedOut;
  }

  get(path, signal) {
    return this.#ask('GET', path, undefined, signal);
  }

  /** Sends something; the header keeps other sites from sending it in the viewer's name. */
  post(path, body = {}, signal) {
    return this.#ask('POST', path, body, signal);
  }

  /** Logs in. A wrong password is an error for the form, not a log-out. */
  logIn(user, password) {
    return this.#fetch('POST', 'login', { user, password });
  }

  async #ask(method, path, body, signal) {
    try {
      return await this.#fetch(method, path, body, signal);
    } catch (error) {
      if (error.status === 401) {
        this.#loggedOut();
      }
      throw error;
    }
  }

  async #fetch(method, path, body, signal) {
    const limit = AbortSignal.timeout(TIME_OUT_MS);
    let answer;
    let text;
    try {
      answer = await fetch(`api/${path}`, {
        method,
        headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json', 'x-entrain': '1' }) },
        body: body && JSON.stringify(body),
        cache: 'no-store',
        credentials: 'same-origin',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      // Read within the same guard: a page left while the answer comes in is an abort, not an empty answer.
      text = await answer.text();
    } catch (error) {
      if (signal?.aborted) {
        throw error;
      }
      throw new ApiError(0, 'The clinic’s server does not answer.', 'Check the network of this device; if it is well, tell whoever runs the server.');
    }
    const json = parsed(text);
    if (!answer.ok) {
      throw new ApiError(answer.status, json?.error ?? `The server answered ${answer.status}.`, json?.what_to_do ?? whatToDo(answer.status));
    }
    if (json === null && text !== '') {
      throw new ApiError(answer.status, 'The answer is not the clinic’s server’s.', 'Log in to this network first, if it asks for that; then load the page again.');
    }
    return json;
  }
}

/** The answer's JSON, or null where there is none, as in a proxy's page of words. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function whatToDo(status) {
  if (status === 403) {
    return 'Your role may not see this. Ask a clinician.';
  }
  if (status === 404) {
    return 'Go back to the list and choose again.';
  }
  if (status === 429) {
    return 'Wait a minute, then try again.';
  }
  return 'Try again; if it stays, tell whoever runs the server.';
}
