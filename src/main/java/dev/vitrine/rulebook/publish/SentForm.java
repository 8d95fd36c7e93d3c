package dev.vitrine.rulebook.publish;

import jakarta.enterprise.context.RequestScoped;

/** Whether the files of this request came as a form: its problems name parts of the form, and not a list that nobody sent. */
@RequestScoped
class SentForm {
    private boolean read;

    boolean isRead() {
        return read;
    }

    void markRead() {
        read = true;
    }
}
