namespace Specgen.Interop.Tests.Data;

internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => FullName = Directory.CreateTempSubdirectory("specgen-interop-").FullName;

    public string FullName { get; }

    public string this[string name] => Path.Combine(FullName, name);

    public string Sub(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
