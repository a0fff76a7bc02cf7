package dev.windrow.runtime.secret;

import dev.windrow.disk.OwnersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key that a home's secrets are encrypted with, in a file that only its owner can read. */
final class SecretKeyFile {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    private SecretKeyFile(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** The key of this file. */
    static SecretKeyFile read(Path file) throws IOException {
        check(file);
        return of(file, Files.readAllBytes(file));
    }

    /** The key of this file, made when there is none. */
    static SecretKeyFile readOrMake(Path file) throws IOException {
        byte[] text = OwnersFile.readOrCreate(file, SecretKeyFile::made);
        check(file);
        return of(file, text);
    }

    private static SecretKeyFile of(Path file, byte[] text) throws IOException {
        byte[] bytes;
        try {
            bytes =
                    Base64.getDecoder()
                            .decode(new String(text, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException _) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IOException(file + ": no key (expected: the file that Windrow has made)");
        }
        return new SecretKeyFile(bytes);
    }

    private static byte[] made() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return (Base64.getEncoder().encodeToString(bytes) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Refuses a file that others may read or write. */
    static void check(Path file) throws IOException {
        if (OwnersFile.isOpenToOthers(file)) {
            throw new IOException(
                    "%s: others may read or write it (expected: chmod 600 %s)"
                            .formatted(file, file));
        }
    }

    /**
     * Encrypts a text.
     *
     * @param name that it is kept under; it can be decrypted under no other
     */
    String encrypt(String name, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, name)
                            .doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-GCM", e);
        }
    }

    /** Decrypts what {@link #encrypt} has made under the same name. */
    String decrypt(String name, String sealed) throws IOException {
        try {
            byte[] all = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] text =
                    cipher(Cipher.DECRYPT_MODE, nonce, name)
                            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "secret %s: cannot be decrypted (expected: the key it was encrypted with)"
                            .formatted(name),
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
