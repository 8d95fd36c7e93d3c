/** Who may do what, by which key, and who did what. */
package dev.vitrine.access;
