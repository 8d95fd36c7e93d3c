/** What a shopper must see in a situation, and what never: files that read like a table, and the program that tries them. */
package dev.vitrine.situations;
