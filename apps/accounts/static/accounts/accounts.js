// The elements of signing in, joining and locking.

import "accounts/elements/empty-outbox"
import "accounts/elements/idle-lock"
import "accounts/elements/passkey-form"
import "accounts/elements/passphrase-field"
import "accounts/elements/print-page"
import "accounts/elements/slip-code"
