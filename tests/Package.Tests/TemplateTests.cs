using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Specgen.Package.Tests;

/// <summary>What dotnet new makes: installed from the packed package, built against the packed packages, tested and run.</summary>
[TestClass]
public sealed class TemplateTests
{
    private const string Instance = "1.2.826.0.1.99.1";

    private static string s_hive = "";

    [ClassInitialize]
    public static void Install(TestContext _)
    {
        s_hive = Path.Combine(Feed.Work, "hive");
        Feed.Succeed(Feed.Run(Feed.Work, "new", "install", PackedProject.All.Single(static package => package.Id == "Specgen.Templates").Path, "--debug:custom-hive", s_hive));
    }

    /// <summary>The server's tests pass; it is started, and the sender's file is in its folder.</summary>
    [TestMethod]
    public async Task Server_and_user_are_built_tested_and_talk_to_each_other()
    {
        var server = New("specgen-scp", "Acme.Store", "--AETitle", "ACMESTORE");
        var sender = New("specgen-scu", "Acme.Sender");
        Feed.Succeed(Feed.Build(server));
        StringAssert.Contains(Feed.Succeed(Feed.Run(server, "test", "--no-build")), "Passed");
        Feed.Succeed(Feed.Build(sender));
        var folder = Directory.CreateDirectory(Path.Combine(Feed.Work, "images.to.send")).FullName;
        var file = Path.Combine(folder, "image.dcm");
        File.WriteAllBytes(file, Image());
        File.WriteAllText(Path.Combine(folder, "a-readme.txt"), "no instance");

        // Its settings are beside it, wherever it is started.
        var elsewhere = Directory.CreateDirectory(Path.Combine(Feed.Work, "elsewhere")).FullName;
        var port = FreePort();
        var output = new StringBuilder();
        using var program = Start(elsewhere, output, [], "dotnet", Path.Combine(server, "Acme.Store", "bin", "Debug", "net10.0", "Acme.Store.dll"), $"--Dicom:Port={port}");
        try
        {
            await ListensAsync(port, program, output);

            var sent = Feed.Succeed(Feed.Run(sender, "bin/Debug/net10.0/Acme.Sender.dll", "127.0.0.1", $"{port}", "ACMESTORE", folder));

            StringAssert.Contains(sent, $"{file}: Success (0x0000)");
            Assert.IsTrue(File.Exists(Path.Combine(program.StartInfo.WorkingDirectory, "images", Instance + ".dcm")));
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    /// <summary>What the Dockerfile says is done, from a folder in which somebody has built before; what its entry point names is started, is in the right image, and keeps what it is sent in the volume.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("net10.0", "10.0")]
    [DataRow("net8.0", "8.0")]
    public async Task Dockerfile_makes_a_server(string framework, string version)
    {
        var name = $"Acme.Image{version[..^2]}";
        var context = New("specgen-scp", name, "--Framework", framework);
        Feed.Files(Path.Combine(name, name, "obj"), ("left.txt", ""));

        var made = Dockerfile.Build(context, Directory.CreateDirectory(Path.Combine(Feed.Work, name + ".stages")).FullName);

        CollectionAssert.AreEqual(new[] { $"mcr.microsoft.com/dotnet/sdk:{version}", $"mcr.microsoft.com/dotnet/runtime:{version}" }, made.Images.ToArray());
        Assert.IsEmpty(Directory.EnumerateFiles(Path.Combine(Feed.Work, name + ".stages"), "left.txt", SearchOption.AllDirectories));
        Assert.AreEqual("$APP_UID", made.User);
        var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(made.WorkingFolder, "appsettings.json"))).RootElement;
        CollectionAssert.AreEqual(new[] { settings.GetProperty("Dicom").GetProperty("Port").ToString() }, made.Exposed.ToArray());

        // That image has Microsoft.NETCore.App alone.
        var runtime = JsonDocument.Parse(File.ReadAllText(Path.Combine(made.WorkingFolder, name + ".runtimeconfig.json"))).RootElement.GetProperty("runtimeOptions");
        Assert.AreEqual("Microsoft.NETCore.App", runtime.GetProperty("framework").GetProperty("name").GetString());

        var port = FreePort();
        var output = new StringBuilder();
        // Of the frameworks, this machine need have one only.
        var environment = new Dictionary<string, string>(made.Environment) { ["Dicom__Port"] = $"{port}", ["DOTNET_ROLL_FORWARD"] = "Major" };
        using var program = Start(made.WorkingFolder, output, environment, made.EntryPoint[0], made.EntryPoint.Skip(1));
        try
        {
            await ListensAsync(port, program, output);
            var file = Path.Combine(Feed.Work, name + ".dcm");
            File.WriteAllBytes(file, Image());

            InstalledTool.Succeed("echo", "127.0.0.1", $"{port}", "STORE");
            InstalledTool.Succeed("send", "127.0.0.1", $"{port}", "STORE", file);

            Assert.IsTrue(File.Exists(Path.Combine(made.Place(made.Volumes.Single()), Instance + ".dcm")));
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    [TestMethod]
    [DataRow("specgen-scp")]
    [DataRow("specgen-scu")]
    public void Programs_are_for_the_oldest_framework_as_well(string template)
    {
        var folder = New(template, "Old" + template[^3..], "--Framework", "net8.0");

        Feed.Succeed(Feed.Build(folder));
    }

    [TestMethod]
    public void Page_is_read()
    {
        var folder = Feed.Consumer(
            "Paged",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Specgen" Version="{Feed.PackageVersion}" />
                <SpecPage Include="spec/*.rst" />
              </ItemGroup>
            </Project>
            """,
            ("Program.cs", """
                Console.WriteLine(Paged.SopClassUids.ContosoStorage);
                Console.WriteLine(Paged.SopClasses.ContosoStorage.ServiceClass);
                """));
        Feed.Succeed(Feed.Run(folder, "new", "specgen-page", "-n", "Contoso", "--Root", "1.2.826.0.1.99", "-o", "spec", "--debug:custom-hive", s_hive));
        Feed.Succeed(Feed.Build(folder));

        var lines = Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/Paged.dll")).Split('\n', StringSplitOptions.TrimEntries);

        CollectionAssert.AreEqual(new[] { "1.2.826.0.1.99.1.1", "Contoso Storage Service Class" }, lines[..2]);
    }

    /// <summary>In a folder of the tests' own, whose feed has what is packed.</summary>
    private static string New(string template, string name, params string[] options)
    {
        Feed.Consumer("any", "<Project />");
        Feed.Succeed(Feed.Run(Feed.Work, ["new", template, "-n", name, "-o", name, "--debug:custom-hive", s_hive, .. options]));
        return Path.Combine(Feed.Work, name);
    }

    private static Process Start(string folder, StringBuilder output, IEnumerable<KeyValuePair<string, string>> environment, string command, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
    }

    private static async Task ListensAsync(int port, Process program, StringBuilder output)
    {
        for (var i = 0; i < 300 && !program.HasExited; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        lock (output)
        {
            Assert.Fail($"The server does not listen. {output}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The least that is a CT image to a storage server: a header (PS3.10 §7.1) and two UIDs, explicit VR little endian.</summary>
    private static byte[] Image()
    {
        const string Ct = "1.2.840.10008.5.1.4.1.1.2";
        byte[] meta = [.. Uid(2, 0x0002, Ct), .. Uid(2, 0x0003, Instance), .. Uid(2, 0x0010, "1.2.840.10008.1.2.1"), .. Uid(2, 0x0012, "1.2.826.0.1.99")];
        byte[] version = [2, 0, 1, 0, (byte)'O', (byte)'B', 0, 0, 2, 0, 0, 0, 0, 1];
        byte[] length = [2, 0, 0, 0, (byte)'U', (byte)'L', 4, 0, (byte)(meta.Length + version.Length), 0, 0, 0];
        return [.. new byte[128], .. "DICM"u8, .. length, .. version, .. meta, .. Uid(8, 0x0016, Ct), .. Uid(8, 0x0018, Instance)];
    }

    private static byte[] Uid(byte group, byte element, string uid)
    {
        var value = Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + "\0");
        return [group, 0, element, 0, (byte)'U', (byte)'I', (byte)value.Length, 0, .. value];
    }
}
