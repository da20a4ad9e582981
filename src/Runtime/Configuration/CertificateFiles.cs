using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Specgen.Configuration;

/// <summary>Certificates out of files that a configuration names.</summary>
internal static class CertificateFiles
{
    /// <summary>A certificate with its private key: a path to a PKCS #12 file, or <c>Path</c>, <c>KeyPath</c> (PEM) and <c>Password</c>.</summary>
    public static void ReadOwn(ConfigurationReader reader, string key, Action<X509Certificate2> set) => reader.Section(key, section =>
    {
        string? path = section.Value, keyPath = null, password = null;
        if (string.IsNullOrEmpty(path))
        {
            var keys = reader.Of(section);
            path = keys.Text("Path");
            keyPath = keys.Text("KeyPath");
            password = keys.Text("Password");
            keys.End();
            if (path is null)
            {
                keys.Problem("Path", "is missing; it must be the certificate's file");
                return;
            }
        }

        Try(reader, key, path, () => set(LoadOwn(path, keyPath, password)));
    });

    /// <summary>Certificates of authorities: paths of PEM or DER files.</summary>
    public static void ReadAuthorities(ConfigurationReader reader, string key, X509Certificate2Collection authorities) =>
        reader.Texts(key, path => Try(reader, key, path, () => authorities.AddRange(LoadAll(path))));

    private static void Try(ConfigurationReader reader, string key, string path, Action load)
    {
        try
        {
            load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            reader.Problem(key, $"names '{path}', which cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    private static X509Certificate2 LoadOwn(string path, string? keyPath, string? password)
    {
        if (keyPath is null && !IsPem(path))
        {
            return new X509Certificate2(path, password);
        }

        var loaded = password is null ? X509Certificate2.CreateFromPemFile(path, keyPath) : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        if (!OperatingSystem.IsWindows())
        {
            return loaded;
        }

        // Windows takes no key for TLS that is in memory only.
        using (loaded)
        {
            return new X509Certificate2(loaded.Export(X509ContentType.Pkcs12));
        }
    }

    private static X509Certificate2Collection LoadAll(string path)
    {
        var all = new X509Certificate2Collection();
        if (IsPem(path))
        {
            all.ImportFromPemFile(path);
        }
        else
        {
            all.Add(new X509Certificate2(path));
        }

        return all.Count > 0 ? all : throw new CryptographicException("it has no certificate");
    }

    private static bool IsPem(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].IndexOf("-----BEGIN"u8) >= 0;
    }
}
