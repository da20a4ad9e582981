using System.Runtime.InteropServices;

namespace Specgen.UsualServer;

/// <summary>A process that serves until it is told to end. For a line that it is sent it says how many bytes it has allocated.</summary>
public static class ServerProcess
{
    /// <summary>Completes at SIGTERM.</summary>
    public static async Task UntilEndAsync()
    {
        var end = new TaskCompletionSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            end.TrySetResult();
        });
        _ = Task.Run(static () =>
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.Out.WriteLine(GC.GetTotalAllocatedBytes(precise: true));
            }
        });
        await end.Task;
    }
}
