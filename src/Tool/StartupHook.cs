using System.Diagnostics;
using System.Reflection;

/// <summary>
/// What `specgen conformance` does in the program that it asks. .NET runs it before that program's Main (DOTNET_STARTUP_HOOKS), and knows it by this name, in no namespace. As soon as the program has a host
/// with DICOM servers, or is about to start a server without one, their statement is written and the program ended: nothing listens. Uses nothing but .NET itself, and what the program has loaded.
/// </summary>
internal static class StartupHook
{
    public const string Format = "SPECGEN_CONFORMANCE_FORMAT", Output = "SPECGEN_CONFORMANCE_OUTPUT", Snippets = "SPECGEN_CONFORMANCE_SNIPPETS", Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>What the program ends with when it was asked: not what a program ends with by itself.</summary>
    public const int Written = 97, NotWritten = 98;

    private const string Runtime = "Specgen.Runtime", Starting = "Specgen.Scp.Starting";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Output) is not { Length: > 0 })
        {
            return;
        }

        // Not for what the program itself starts.
        Environment.SetEnvironmentVariable(Hooks, null);
        AppContext.SetData(Starting, (Action<object>)Write);
        DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(static listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
            {
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(static e =>
                {
                    if (e.Key == "HostBuilt" && e.Value is { } host)
                    {
                        HostBuilt(host);
                    }
                }));
            }
        }));
    }

    private static void HostBuilt(object host)
    {
        var services = host.GetType().GetInterface("Microsoft.Extensions.Hosting.IHost")?.GetProperty("Services")?.GetValue(host);
        if (services is not null && Try(() => Type("Specgen.DicomScpConformance")?.GetMethod("Of", [typeof(IServiceProvider)])?.Invoke(null, [services])) is { } statement
            && statement.GetType().GetProperty("Entities")?.GetValue(statement) is System.Collections.ICollection { Count: > 0 })
        {
            Write(statement);
        }
    }

    private static void Write(object statement)
    {
        _ = Try(() =>
        {
            var type = statement.GetType();
            if (Environment.GetEnvironmentVariable(Snippets) is { Length: > 0 } snippets)
            {
                statement = type.GetMethod("WithSnippets")!.Invoke(statement, [snippets])!;
            }

            var format = Enum.Parse(Type("Specgen.Conformance.ConformanceFormat")!, Environment.GetEnvironmentVariable(Format)!, ignoreCase: true);
            using var stream = File.Create(Environment.GetEnvironmentVariable(Output)!);
            ((Task)type.GetMethod("WriteAsync")!.Invoke(statement, [stream, format, CancellationToken.None])!).GetAwaiter().GetResult();
            return statement;
        });
        Environment.Exit(Written);
    }

    /// <summary>What goes wrong is said, and ends the program: it must not go on and serve.</summary>
    private static object? Try(Func<object?> work)
    {
        try
        {
            return work();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine((e as TargetInvocationException)?.InnerException?.Message ?? e.Message);
            Environment.Exit(NotWritten);
            throw;
        }
    }

    private static Type? Type(string name) => System.Type.GetType($"{name}, {Runtime}");

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
