package dev.windrow.runtime.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key that a home's secrets are encrypted with, in a file that only its owner can read. */
final class SecretKeyFile {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private final SecretKeySpec key;

    private SecretKeyFile(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** The key of this file. */
    static SecretKeyFile read(Path file) throws IOException {
        check(file);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IllegalArgumentException _) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IOException(file + ": no key (expected: the file that Windrow has made)");
        }
        return new SecretKeyFile(bytes);
    }

    /** The key of this file, made when there is none. */
    static SecretKeyFile readOrMake(Path file) throws IOException {
        try {
            return read(file);
        } catch (NoSuchFileException _) {
            byte[] bytes = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(bytes);
            String text = Base64.getEncoder().encodeToString(bytes) + "\n";
            try {
                Path fresh = write(file, text);
                Files.createLink(file, fresh);
                Files.delete(fresh);
            } catch (FileAlreadyExistsException _) {
                // Somebody else was quicker, and theirs is the one.
                Files.deleteIfExists(fresh(file));
            }
            return read(file);
        }
    }

    /** Refuses a file that others may read or write. */
    static void check(Path file) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNERS);
        if (!others.isEmpty()) {
            throw new IOException(
                    "%s: others may read or write it (expected: chmod 600 %s)"
                            .formatted(file, file));
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    }

    /** Writes beside a file, durably and for its owner alone. */
    private static Path write(Path file, String text) throws IOException {
        Path fresh = fresh(file);
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        options,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return fresh;
    }

    /** Replaces a file, whole or not at all, durably and for its owner alone. */
    static void replace(Path file, String text) throws IOException {
        Path fresh = write(file, text);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.deleteIfExists(fresh);
            throw e;
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
