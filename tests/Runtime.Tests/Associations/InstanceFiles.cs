using System.Text;
using Specgen.Instances;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Wire;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>Files to send, and what becomes of them.</summary>
internal sealed class InstanceFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("specgen-retrieve").FullName;

    public static byte[] Data(int number) => EncodedDataSet.Instance(30_000 + (2 * number));

    public string Write(int number, string sopClass)
    {
        var path = Path.Combine(Folder, $"{number}.dcm");
        File.WriteAllBytes(path, [.. Part10Header.Create(Encoding.ASCII.GetBytes(sopClass), Encoding.ASCII.GetBytes($"1.2.3.{number}"), Requestor.Explicit, ""), .. Data(number)]);
        return path;
    }

    public InstanceReference Instance(int number) => new(TestClasses.CT.Uid, $"1.2.3.{number}", Requestor.Explicit, Write(number, TestClasses.CT.Uid));

    public void AssertReceived(int count)
    {
        Assert.HasCount(count, Directory.GetFiles(Folder, "*.received"));
        for (var i = 1; i <= count; i++)
        {
            CollectionAssert.AreEqual(Data(i), File.ReadAllBytes(Path.Combine(Folder, $"1.2.3.{i}.received"))[^Data(i).Length..]);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
