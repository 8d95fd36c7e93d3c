/** Changes that go live at a set time and back at another, and the calendar of what is live when. */
package dev.vitrine.rulebook.schedule;
